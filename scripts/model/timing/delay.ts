import type { Awake } from './awake.ts';
import type { BatchRun } from './batch-run.ts';
import type { MicroBatch } from './micro-batch.ts';
import type { PlanInputs } from './plan-inputs.ts';
import type { Schedule } from './schedule.ts';

export type Delays = {
  /** Mean of commit time − arrival time, s. */
  readonly freshnessSeconds: number;
  /** Mean of time of finality − window end, s. */
  readonly finalitySeconds: number;
};

/**
 * An event waits for its batch, on average half the batch's span, and for the invocation. A window is final once every shard has counted
 * an event beyond window end + bound, or has been idle for the idle timeout.
 *
 * @param batch null without events; then only the idle timeout makes a window final
 */
export function microBatchDelays(inputs: PlanInputs, batch: MicroBatch | null, awake: Awake): Delays {
  const { boundSeconds, shards } = inputs.deployment;
  const { idleTimeoutSeconds } = inputs.parameters;
  if (batch === null) return { freshnessSeconds: 0, finalitySeconds: boundSeconds + idleTimeoutSeconds };
  const warm = batch.durationMs / 1_000;
  const wait = waitForBatch(inputs, batch, warm);
  const takes = warm + awake.microBatchResumeSeconds;
  const gap = gapOfSlowest(inputs.workload.recordsPerSecond / shards, shards, idleTimeoutSeconds);
  // The slowest shard counts: for n evenly spread waits, the mean of the greatest one is n / (n + 1) of the longest wait.
  const slowestWait = (wait * 2 * shards) / (shards + 1);
  return {
    freshnessSeconds: wait + takes,
    finalitySeconds: boundSeconds + gap + slowestWait + takes,
  };
}

/** Mean time that a record waits until its batch is invoked, s. A shard has one batch under way at a time. */
function waitForBatch(
  { parameters, workload, deployment }: PlanInputs,
  { duePerSecond, fullPerSecond }: MicroBatch,
  invocationSeconds: number,
): number {
  const { pollSeconds } = parameters;
  const { batchingWindowSeconds, shards } = deployment;
  const least = Math.max(pollSeconds, invocationSeconds) / 2;
  if (fullPerSecond > duePerSecond) return Math.max(least, 1 / fullPerSecond / 2);
  // Records of the opening poll wait for the poll and the whole window; later records wait for half a window on average.
  const records = workload.recordsPerSecond / shards;
  const opening = (records * pollSeconds) / -Math.expm1(-records * pollSeconds);
  const following = records * batchingWindowSeconds;
  const waited = opening * (pollSeconds / 2 + batchingWindowSeconds) + (following * batchingWindowSeconds) / 2;
  return Math.max(least, waited / (opening + following));
}

/** Mean time until the last of the shards has a record again, at most the idle timeout, s. */
function gapOfSlowest(recordsPerSecondOfShard: number, shards: number, mostSeconds: number): number {
  // The greatest of n exponential waits has the mean of one × (1 + 1/2 + … + 1/n), which is about ln n + 0.577 + 1/2n.
  const EULER = 0.5772156649;
  const greatest = shards === 1 ? 1 : Math.log(shards) + EULER + 1 / (2 * shards);
  const mean = greatest / recordsPerSecondOfShard;
  return -mean * Math.expm1(-mostSeconds / mean);
}

/**
 * An event waits for the cut-off of its run, on average half the interval, for the tick after it, and for the run. A window is final
 * with its run if an event beyond window end + bound came within the margin; otherwise with the next run.
 */
export function scheduledBatchDelays(
  { parameters, workload, deployment }: PlanInputs,
  { intervalSeconds, startSeconds, dueSeconds }: Schedule,
  run: BatchRun,
  { resumeSeconds }: Awake,
): Delays {
  const fires = deployment.tickSeconds === 0 ? 0 : parameters.tickDelaySeconds;
  const before = fires + parameters.initMs / 1_000 + resumeSeconds;
  // The parts of a run commit one after the other, each with about the same number of events.
  const committed = (run.firstSeconds + run.seconds) / 2;
  const { eventsPerSecond } = workload;
  return {
    freshnessSeconds: eventsPerSecond === 0 ? 0 : intervalSeconds / 2 + startSeconds + before + committed,
    finalitySeconds:
      dueSeconds + before + run.seconds + missedSeconds(eventsPerSecond, deployment.marginSeconds, intervalSeconds),
  };
}

/** Mean extra delay of finality because no event came within the margin, s. */
function missedSeconds(eventsPerSecond: number, marginSeconds: number, intervalSeconds: number): number {
  const missed = Math.exp(-eventsPerSecond * marginSeconds);
  const cameWithNext = -Math.expm1(-eventsPerSecond * intervalSeconds);
  return cameWithNext === 0 ? intervalSeconds : (missed * intervalSeconds) / cameWithNext;
}
