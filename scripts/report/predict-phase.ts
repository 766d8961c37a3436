import type { FittedPaths } from '../fit/fit-model.ts';
import { type Batch, microBatchCpuMs, scheduledBatchCpuMs } from '../model/function-time.ts';
import type { Keys } from '../model/keys.ts';
import type { ModelParameters } from '../model/parameters.ts';
import { countRowsOfAnySpan, countRowsOfSpan } from '../model/span-rows.ts';
import type { Prediction } from './phase-reports.ts';

/** What is known of an invocation before anything is measured of it. */
export type KnownInvocation = { readonly cold: boolean; readonly events: number; readonly records: number };

/** Rows that a phase writes, and how many of them are new. */
export type Rows = { readonly written: number; readonly fresh: number };

const CPU_MS: Readonly<Record<keyof FittedPaths, (parameters: ModelParameters, batch: Batch) => number>> = {
  microBatch: microBatchCpuMs,
  scheduledBatch: scheduledBatchCpuMs,
};

/** CPU of one invocation, ms, the handler's as the ledger has it. */
export function predictCpuMs(
  parameters: ModelParameters,
  path: keyof FittedPaths,
  invocation: Batch & { readonly cold: boolean },
): number {
  return CPU_MS[path](parameters, invocation) + (invocation.cold ? parameters.coldCpuMs : 0);
}

/** What the model says of invocations whose events and records are known; the rows are spread by the events. */
export function predictPhase(
  parameters: ModelParameters,
  path: keyof FittedPaths,
  invocations: readonly KnownInvocation[],
  { written, fresh }: Rows,
): Prediction {
  const all = invocations.reduce((sum, { events }) => sum + events, 0);
  const cpuMs = invocations.reduce((sum, invocation) => {
    const share = all === 0 ? 0 : invocation.events / all;
    const rows = { rowsFresh: fresh * share, rowsUpdated: (written - fresh) * share };
    return sum + predictCpuMs(parameters, path, { ...invocation, ...rows });
  }, 0);
  return { cpuMs: Math.round(cpuMs * 10) / 10, rowsWritten: Math.round(written) };
}

/** The load of a drain: a window's, which reaches as far into the next one as a batch does. */
export type WindowLoad = {
  readonly keys: Keys;
  readonly events: number;
  readonly windowMs: number;
  /** Bound + margin. */
  readonly lagMs: number;
  readonly shards: number;
};

/** Rows that one batch over all of it writes, each new. */
export function rowsOfBatch({ keys, events, windowMs, lagMs }: WindowLoad): number {
  const seconds = windowMs / 1_000;
  return countRowsOfSpan(keys, { seconds, windowSeconds: seconds, eventsPerSecond: events / seconds }, lagMs / 1_000);
}

/** Rows that micro-batches of these sizes write of it, each of them from one shard. */
export function rowsOfMicroBatches(
  { keys, events, windowMs, shards }: WindowLoad,
  invocations: readonly KnownInvocation[],
): number {
  const windowSeconds = windowMs / 1_000;
  const eventsPerSecond = events / windowSeconds / shards;
  return invocations.reduce((sum, { events: own }) => {
    if (own === 0) return sum;
    return sum + countRowsOfAnySpan(keys, { seconds: own / eventsPerSecond, windowSeconds, eventsPerSecond });
  }, 0);
}
