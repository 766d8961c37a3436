import type { Awake } from './awake.ts';
import type { BatchRun } from './batch-run.ts';
import type { MicroBatch } from './micro-batch.ts';
import type { PlanInputs } from './plan-inputs.ts';
import type { Schedule } from './schedule.ts';

export type Delays = {
  /** Mean of commit − arrival, s. */
  readonly freshnessSeconds: number;
  /** Mean of final − window end, s. */
  readonly finalitySeconds: number;
};

/**
 * An event waits for its batch, half of what that spans in the mean, and for the invocation. A window is final once every shard has
 * counted an event beyond its end + bound, or has been idle for so long that it no longer holds the path back.
 *
 * @param batch null while nothing comes: then only the idle timeout makes a window final
 */
export function microBatchDelays(inputs: PlanInputs, batch: MicroBatch | null, awake: Awake): Delays {
  const { boundSeconds, shards } = inputs.deployment;
  const { idleTimeoutSeconds } = inputs.parameters;
  if (batch === null) return { freshnessSeconds: 0, finalitySeconds: boundSeconds + idleTimeoutSeconds };
  const warm = batch.durationMs / 1_000;
  const wait = waitForBatch(inputs, batch, warm);
  const takes = warm + awake.microBatchResumeSeconds;
  const gap = gapOfSlowest(inputs.workload.recordsPerSecond / shards, shards, idleTimeoutSeconds);
  // Of several shards the slowest counts: the mean of the greatest of so many even waits.
  const slowestWait = (wait * 2 * shards) / (shards + 1);
  return {
    freshnessSeconds: wait + takes,
    finalitySeconds: boundSeconds + gap + slowestWait + takes,
  };
}

/** How long a record waits until its batch is invoked, in the mean, s. One batch of a shard is under way at a time. */
function waitForBatch(
  { parameters, workload, deployment }: PlanInputs,
  { duePerSecond, fullPerSecond }: MicroBatch,
  invocationSeconds: number,
): number {
  const { pollSeconds } = parameters;
  const { batchingWindowSeconds, shards } = deployment;
  const least = Math.max(pollSeconds, invocationSeconds) / 2;
  if (fullPerSecond > duePerSecond) return Math.max(least, 1 / fullPerSecond / 2);
  // What the opening poll brought has waited for it and waits for all of the window, what follows for half of that.
  const records = workload.recordsPerSecond / shards;
  const opening = (records * pollSeconds) / -Math.expm1(-records * pollSeconds);
  const following = records * batchingWindowSeconds;
  const waited = opening * (pollSeconds / 2 + batchingWindowSeconds) + (following * batchingWindowSeconds) / 2;
  return Math.max(least, waited / (opening + following));
}

/** Until the last of so many shards has a record again, at most the time after which an idle one is passed over. */
function gapOfSlowest(recordsPerSecondOfShard: number, shards: number, mostSeconds: number): number {
  // The mean of the greatest of n exponential waits is their mean × (1 + 1/2 + … + 1/n), about ln n + 0.577 + 1/2n.
  const EULER = 0.5772156649;
  const greatest = shards === 1 ? 1 : Math.log(shards) + EULER + 1 / (2 * shards);
  const mean = greatest / recordsPerSecondOfShard;
  return -mean * Math.expm1(-mostSeconds / mean);
}

/**
 * An event waits for its run's cut-off, half of what a run spans in the mean, for the tick behind it, and for the run. A window is
 * final with its run, if an event beyond its end + bound came within the margin; otherwise with the next one.
 */
export function scheduledBatchDelays(
  { parameters, workload, deployment }: PlanInputs,
  { intervalSeconds, startSeconds, dueSeconds }: Schedule,
  run: BatchRun,
  { resumeSeconds }: Awake,
): Delays {
  const fires = deployment.tickSeconds === 0 ? 0 : parameters.tickDelaySeconds;
  const before = fires + parameters.initMs / 1_000 + resumeSeconds;
  // Its parts commit one after the other, with about as many events each.
  const committed = (run.firstSeconds + run.seconds) / 2;
  const { eventsPerSecond } = workload;
  return {
    freshnessSeconds: eventsPerSecond === 0 ? 0 : intervalSeconds / 2 + startSeconds + before + committed,
    finalitySeconds:
      dueSeconds + before + run.seconds + missedSeconds(eventsPerSecond, deployment.marginSeconds, intervalSeconds),
  };
}

/** How much later a window is final for want of an event within the margin, in the mean, s. */
function missedSeconds(eventsPerSecond: number, marginSeconds: number, intervalSeconds: number): number {
  const missed = Math.exp(-eventsPerSecond * marginSeconds);
  const cameWithNext = -Math.expm1(-eventsPerSecond * intervalSeconds);
  return cameWithNext === 0 ? intervalSeconds : (missed * intervalSeconds) / cameWithNext;
}
