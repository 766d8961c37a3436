/** How long an alarm looks back: `count` periods of so many seconds. */
export type Evaluation = { periodSeconds: number; count: number };

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
/** The scheduler fires anywhere within its minute, a run takes its time, and its metrics reach CloudWatch minutes later. */
const SLACK_SECONDS = 5 * MINUTE;
const WINDOWS_COMPARED = 24;

/**
 * Two windows and the slack: how long the scheduled batch may go without a commit. Windows below a minute get one run a minute.
 *
 * Many short periods and not one long: where points are missing, CloudWatch looks a few periods further back for one that is
 * there. It takes periods of whole minutes up to a day; those below an hour may make up a day, longer ones a week.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function missedEvaluation(windowSeconds: number): Evaluation {
  const seconds = 2 * Math.max(windowSeconds, MINUTE) + SLACK_SECONDS;
  const periodSeconds = seconds <= HOUR ? MINUTE : seconds <= DAY ? 5 * MINUTE : HOUR;
  return { periodSeconds, count: Math.ceil(seconds / periodSeconds) };
}

/**
 * Long enough that one window is a small part of what is compared: 24 windows, at least an hour, at most the day that CloudWatch
 * allows a period. Three times in a row: what one path counted just before a period's end, and the other just after, is the
 * other's surplus in the next one, while a loss stays one. test/infra/drift.test.ts tries it on traffic of many shapes.
 */
export function driftEvaluation(windowSeconds: number): Evaluation {
  const seconds = Math.min(DAY, Math.max(HOUR, WINDOWS_COMPARED * windowSeconds));
  return { periodSeconds: roundUp(seconds, MINUTE), count: 3 };
}

/**
 * How far apart the paths may legitimately be, in batches of the largest size: the window that is due and not yet counted, and
 * what comes in until its run commits.
 */
export function driftTolerance(windowSeconds: number): number {
  return Math.ceil((1 + SLACK_SECONDS / Math.max(windowSeconds, MINUTE)) * 100) / 100;
}

/** At least an hour, and long enough for a window's quarantine to come in one piece. */
export function quarantineEvaluation(windowSeconds: number): Evaluation {
  return { periodSeconds: roundUp(Math.max(HOUR, windowSeconds), MINUTE), count: 1 };
}

/** What a batch has to catch up with is a window's worth; an hour at least, so that a burst is no news. */
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
