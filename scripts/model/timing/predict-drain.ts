import type { ModelParameters } from '../parameters.ts';
import type { Keys } from '../workload/keys.ts';
import { countRowsOfAnySpan, countRowsOfSpan } from '../workload/span-rows.ts';
import { type KnownInvocation, type PhasePrediction, predictPhase, type Rows } from './predict-phase.ts';

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
  /** Of the catch-up, not rounded; the batch writes the fresh ones, each once. */
  readonly rows: Rows;
};

/** What the model says of a window's load that one batch counts, cold and warm, and micro-batches that catch up with it. */
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
