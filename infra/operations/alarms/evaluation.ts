/** Time span that an alarm evaluates: `count` periods of `periodSeconds`. */
export type Evaluation = { periodSeconds: number; count: number };

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
/** Allowance: the scheduler fires anywhere within its minute, a run takes time, and its metrics arrive minutes later. */
const SLACK_SECONDS = 5 * MINUTE;
const WINDOWS_COMPARED = 24;

/**
 * The longest time without a commit of the scheduled batch: two windows and the slack. Windows below a minute get one run a
 * minute.
 *
 * The span has many short periods instead of one long one: where data points are missing, CloudWatch looks a few periods
 * further back. A period is whole minutes up to a day. Periods below an hour may add up to a day, longer ones to a week.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function missedEvaluation(windowSeconds: number): Evaluation {
  const seconds = 2 * Math.max(windowSeconds, MINUTE) + SLACK_SECONDS;
  const periodSeconds = seconds <= HOUR ? MINUTE : seconds <= DAY ? 5 * MINUTE : HOUR;
  return { periodSeconds, count: Math.ceil(seconds / periodSeconds) };
}

/**
 * A period of 24 windows, so that one window is a small part of it; at least an hour, at most a day, CloudWatch's limit.
 * The alarm needs three periods in a row: a commit at a period's end shifts events to the next period, where the difference
 * changes its sign. A loss keeps its sign. test/infra/drift.test.ts tries this on traffic of many shapes.
 */
export function driftEvaluation(windowSeconds: number): Evaluation {
  const seconds = Math.min(DAY, Math.max(HOUR, WINDOWS_COMPARED * windowSeconds));
  return { periodSeconds: roundUp(seconds, MINUTE), count: 3 };
}

/**
 * Legitimate difference of the paths, in batches of the largest size: a due window that is not counted yet, and the events
 * that arrive until its run commits.
 */
export function driftTolerance(windowSeconds: number): number {
  return Math.ceil((1 + SLACK_SECONDS / Math.max(windowSeconds, MINUTE)) * 100) / 100;
}

/** A period of at least an hour, and of at least a window, so that one window's quarantine is one data point. */
export function quarantineEvaluation(windowSeconds: number): Evaluation {
  return { periodSeconds: roundUp(Math.max(HOUR, windowSeconds), MINUTE), count: 1 };
}

/** A period of a window, which is the load that a batch must catch up with; at least an hour, so that a burst is ignored. */
export function loadEvaluation(windowSeconds: number): Evaluation {
  return { periodSeconds: roundUp(Math.max(HOUR, windowSeconds), MINUTE), count: 1 };
}

/** A time in words: `1 s`, `15 min`, `12.5 h`. */
export function spellSeconds(seconds: number): string {
  if (seconds >= HOUR && seconds % (HOUR / 2) === 0) return `${seconds / HOUR} h`;
  return seconds % MINUTE === 0 ? `${seconds / MINUTE} min` : `${seconds} s`;
}

function roundUp(seconds: number, step: number): number {
  return Math.ceil(seconds / step) * step;
}
