import { type Deployment, runsScheduledBatch } from '../deployment.ts';

/** When scheduled batches run. */
export type Schedule = {
  /** Time from one run to the next, s. */
  readonly intervalSeconds: number;
  /** Ticks of the scheduler per run; only one of them starts the run. */
  readonly ticksPerRun: number;
  /** Mean time from the cut-off of a run to the tick that starts it, s. */
  readonly startSeconds: number;
  /** Mean time from a window's end to the tick that starts its run, s. */
  readonly dueSeconds: number;
};

/** Retention of a stream that costs nothing extra, h. */
export const FREE_RETENTION_HOURS = 24;
export const MOST_RETENTION_HOURS = 8_760;

const MINUTE_SECONDS = 60;
const TICK_MINUTES = [60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2];

/**
 * The cut-off of a run is the end of its last window + lag (bound + margin). The first tick at or after it starts the run. Ticks come at
 * whole minutes, so a lag of 17 s delays a run by a minute, and windows below a minute share a run.
 */
export function planSchedule(deployment: Deployment): Schedule {
  const { windowSeconds, boundSeconds, marginSeconds, batchIntervalSeconds, tickSeconds } = deployment;
  const lag = boundSeconds + marginSeconds;
  const step = batchIntervalSeconds ?? windowSeconds;
  // In a run of several windows, all but the last have waited since their end.
  const shared = Math.max(0, step - windowSeconds) / 2;
  if (tickSeconds === 0) return { intervalSeconds: step, ticksPerRun: 1, startSeconds: 0, dueSeconds: lag + shared };
  const { start, due } = meanWaits(step, lag, tickSeconds);
  return {
    intervalSeconds: Math.max(tickSeconds, step),
    ticksPerRun: ticksPerRun(step),
    startSeconds: start,
    dueSeconds: due + shared,
  };
}

/** Ticks per run. They come at the largest divisor of an hour that divides the interval, otherwise every minute. */
export function ticksPerRun(intervalSeconds: number): number {
  const minutes = TICK_MINUTES.find((each) => intervalSeconds % (each * MINUTE_SECONDS) === 0) ?? 1;
  return Math.max(1, intervalSeconds / (minutes * MINUTE_SECONDS));
}

/** Mean waits over one cycle, after which window ends and ticks repeat their pattern. */
function meanWaits(step: number, lag: number, tick: number): { start: number; due: number } {
  const ends = tick / commonDivisor(Math.max(1, Math.round(step)), tick);
  let due = 0;
  let start = 0;
  let runs = 0;
  for (let i = 0; i < ends; i++) {
    const ready = i * step + lag;
    const startsAt = Math.ceil(ready / tick) * tick;
    due += startsAt - i * step;
    if (Math.ceil((ready + step) / tick) * tick > startsAt) {
      // The last window that is due at this tick sets the cut-off.
      start += startsAt - ready;
      runs++;
    }
  }
  return { start: start / runs, due: due / ends };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/**
 * Retention that the stream needs, h. If a run of the batch fails, the next one must still find its records, so two intervals and the lag
 * are needed. The stack refuses a shorter retention.
 */
export function neededRetentionHours(deployment: Deployment, { intervalSeconds }: Schedule): number {
  const { retentionHours, boundSeconds, marginSeconds } = deployment;
  if (!runsScheduledBatch(deployment)) return retentionHours;
  const seconds = 2 * intervalSeconds + boundSeconds + marginSeconds;
  return Math.max(retentionHours, Math.ceil(seconds / 3_600));
}
