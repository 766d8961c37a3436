import type { Path } from '#functions/contract.ts';
import { type Infer, number, object } from '#text/schema.ts';
import type { ModelParameters } from '../parameters.ts';
import type { RowTable } from '../workload/row-table.ts';
import { countRowsOfAnySpan, countRowsOfSpan } from '../workload/span-rows.ts';
import { type Batch, handlerCpuMs } from './function-time.ts';

/** Inputs of a prediction for one invocation. */
export type KnownInvocation = { readonly cold: boolean; readonly events: number; readonly records: number };

/** Prediction for invocations with given events and records. */
export const PHASE_PREDICTION = object({
  cpuMs: number('ms', 'CPU of the functions'),
  rowsWritten: number('rows', 'rows written'),
});
export type PhasePrediction = Infer<typeof PHASE_PREDICTION>;

/** Rows that a phase writes, and how many of them are new. */
export type Rows = { readonly written: number; readonly fresh: number };

/** CPU of the handler in one invocation, as in the ledger, ms. */
export function predictCpuMs(
  parameters: ModelParameters,
  path: Path,
  invocation: Batch & { readonly cold: boolean },
): number {
  return handlerCpuMs(parameters, path, invocation) + (invocation.cold ? parameters.coldCpuMs : 0);
}

/** Predicts invocations whose events and records are known. Rows are shared in proportion to the events. */
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

/** The invocations of a drain; `cold` is null where no batch was run cold. */
export type DrainInvocations = {
  readonly cold: readonly KnownInvocation[] | null;
  readonly warm: readonly KnownInvocation[];
  readonly catchUp: readonly KnownInvocation[];
};

export type DrainPrediction = {
  readonly cold: PhasePrediction | null;
  readonly warm: PhasePrediction;
  readonly catchUp: PhasePrediction;
  /** Rows of the catch-up, not rounded. The batch writes only the fresh ones. */
  readonly rows: Rows;
};

/** Predicts a drain: one batch over a window's load, cold and warm, and micro-batches that catch up with the same load. */
export function predictDrain(
  parameters: ModelParameters,
  load: WindowLoad,
  { cold, warm, catchUp }: DrainInvocations,
): DrainPrediction {
  const fresh = rowsOfBatch(load);
  const rows = { fresh, written: Math.max(fresh, rowsOfMicroBatches(load, catchUp)) };
  const batch = (invocations: readonly KnownInvocation[]): PhasePrediction =>
    predictPhase(parameters, 'scheduledBatch', invocations, { fresh, written: fresh });
  return {
    cold: cold === null ? null : batch(cold),
    warm: batch(warm),
    catchUp: predictPhase(parameters, 'microBatch', catchUp, rows),
    rows,
  };
}

/** The load of a drain: one window. It reaches into the next window by the lag, as a batch does. */
export type WindowLoad = {
  /** Rows by number of events. */
  readonly countRows: RowTable;
  readonly events: number;
  readonly windowMs: number;
  /** Bound + margin, ms. */
  readonly lagMs: number;
  readonly shards: number;
};

/** Rows that one batch over the whole load writes; all of them are inserts. */
export function rowsOfBatch({ countRows, events, windowMs, lagMs }: WindowLoad): number {
  const seconds = windowMs / 1_000;
  return countRowsOfSpan(
    countRows,
    { seconds, windowSeconds: seconds, eventsPerSecond: events / seconds },
    lagMs / 1_000,
  );
}

/** Rows that micro-batches of these sizes write. Each one reads one shard. */
export function rowsOfMicroBatches(
  { countRows, events, windowMs, shards }: WindowLoad,
  invocations: readonly KnownInvocation[],
): number {
  const windowSeconds = windowMs / 1_000;
  const eventsPerSecond = events / windowSeconds / shards;
  return invocations.reduce((sum, { events: own }) => {
    if (own === 0) return sum;
    return sum + countRowsOfAnySpan(countRows, { seconds: own / eventsPerSecond, windowSeconds, eventsPerSecond });
  }, 0);
}
