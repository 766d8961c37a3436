import type { Path } from '#functions/contract.ts';
import { type Infer, number, object } from '#text/schema.ts';
import type { Deployment } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import type { Workload } from '../workload/workload.ts';
import { microBatchDelays } from './delay.ts';
import { type Batch, handlerCpuMs } from './function-time.ts';
import { microBatchesPerSecond, planMicroBatch } from './micro-batch.ts';

/** What is known of an invocation before anything is measured of it. */
export type KnownInvocation = { readonly cold: boolean; readonly events: number; readonly records: number };

/** What the model predicts for invocations whose events and records are given. */
export const PHASE_PREDICTION = object({
  cpuMs: number('ms', 'CPU of the functions'),
  rowsWritten: number('rows', 'rows written'),
});
export type PhasePrediction = Infer<typeof PHASE_PREDICTION>;

/** Rows that a phase writes, and how many of them are new. */
export type Rows = { readonly written: number; readonly fresh: number };

/** CPU of one invocation, ms, the handler's as the ledger has it. */
export function predictCpuMs(
  parameters: ModelParameters,
  path: Path,
  invocation: Batch & { readonly cold: boolean },
): number {
  return handlerCpuMs(parameters, path, invocation) + (invocation.cold ? parameters.coldCpuMs : 0);
}

/** What the model says of invocations whose events and records are known; the rows are spread by the events. */
export function predictPhase(
  parameters: ModelParameters,
  path: Path,
  invocations: readonly KnownInvocation[],
  { written, fresh }: Rows,
): PhasePrediction {
  const all = invocations.reduce((sum, { events }) => sum + events, 0);
  const cpuMs = invocations.reduce((sum, invocation) => {
    const share = all === 0 ? 0 : invocation.events / all;
    const rows = { rowsFresh: fresh * share, rowsUpdated: (written - fresh) * share };
    return sum + predictCpuMs(parameters, path, { ...invocation, ...rows });
  }, 0);
  return { cpuMs: Math.round(cpuMs * 10) / 10, rowsWritten: Math.round(written) };
}

/** How micro-batches were run on a load as it came: so long, with these settings. */
export type LiveSetting = {
  readonly parameters: ModelParameters;
  readonly workload: Workload;
  readonly deployment: Deployment;
  /** Length of the load, its tail included, s. */
  readonly seconds: number;
};

/** What the model says of a path over a whole load. */
export type LivePrediction = {
  readonly events: number;
  readonly invocations: number;
  readonly rowsWritten: number;
  readonly rowsFinal: number;
  readonly cpuMs: number;
  readonly freshnessMeanMs: number;
};

/**
 * What the model says of micro-batches on a steady load; null where nothing comes. Left out are the load's first and last batch,
 * which are smaller, invocations that failed and were repeated, and that code is slow until it has been compiled.
 *
 * @param coldStarts when the platform starts an environment is not the model's to say, so they are taken as they were
 */
export function predictLiveMicroBatches(
  { parameters, workload, deployment, seconds }: LiveSetting,
  coldStarts: number,
): LivePrediction | null {
  const batch = planMicroBatch(parameters, workload, deployment);
  if (batch === null) return null;
  const invocations = microBatchesPerSecond(parameters, workload, deployment) * seconds;
  return {
    events: batch.events * invocations,
    invocations,
    rowsWritten: batch.rowsWritten * invocations,
    rowsFinal: batch.rowsFresh * invocations,
    cpuMs: handlerCpuMs(parameters, 'microBatch', batch) * invocations + parameters.coldCpuMs * coldStarts,
    freshnessMeanMs: microBatchDelays(parameters, workload, deployment).freshnessSeconds * 1_000,
  };
}
