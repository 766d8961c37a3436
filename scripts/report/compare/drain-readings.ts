import { formatDuration } from '#text/duration.ts';
import type { DrainReport, Report } from '../definition/report.ts';
import type { MetricName } from './metric.ts';
import type { Direction } from './noise.ts';
import { type Missing, once, type Reading } from './reading.ts';

const SOURCES = {
  'batch-cold': ({ cold }) => cold?.durationMs ?? null,
  'batch-warm': ({ warm }) => warm.durationMs,
  'catch-up': ({ catchUp }) => catchUp.eventsPerSecond,
} satisfies Partial<Record<MetricName, (drain: DrainReport) => number | null>>;

export type DrainMetricName = keyof typeof SOURCES;
export const DRAIN_METRICS = Object.keys(SOURCES) as readonly DrainMetricName[];

/** Loads of the same options differ a little by their seed. */
const SAME_LOAD = 0.05;

/** The windows that either report has drained, ms, rising. */
export function drainedWindows(base: Report, other: Report): number[] {
  return [...new Set([...base.drains, ...other.drains].map(({ windowMs }) => windowMs))].sort((a, b) => a - b);
}

export function readDrain(report: Report, name: DrainMetricName, windowMs: number): Reading | Missing {
  const drain = report.drains.find((each) => each.windowMs === windowMs);
  if (drain === undefined) return { missing: `has no drain of ${formatDuration(windowMs)}` };
  const value = SOURCES[name](drain);
  return value === null
    ? { missing: `has no cold batch of ${formatDuration(windowMs)}, since its target can't start one` }
    : once(value);
}

/** What was drained, where it was not the same; null where it was. */
export function differingDrains(base: Report, other: Report, windowMs: number): string | null {
  const [one, two] = [base, other].map(
    (report) => report.drains.find((each) => each.windowMs === windowMs)?.load.events ?? 0,
  );
  if (one === undefined || two === undefined || Math.abs(one - two) <= SAME_LOAD * Math.max(one, two)) return null;
  return `drained ${one.toLocaleString('en-US')} and ${two.toLocaleString('en-US')} events`;
}

/** A shard gives so much a second, and its mapping polls once a second: where a second begins is chance. */
const SECOND_MS = 1_000;

/** What a second more or less makes of it in a direction, in the metric's unit; 0 where either report has no such drain. */
export function unseenOfDrain(
  name: DrainMetricName,
  base: Report,
  other: Report,
  windowMs: number,
  direction: Direction,
): number {
  if (name !== 'catch-up') return SECOND_MS;
  const [one, two] = [base, other].map(({ drains }) => drains.find((each) => each.windowMs === windowMs)?.catchUp);
  if (one === undefined || two === undefined) return 0;
  const durationMs = Math.max(1, Math.min(one.durationMs, two.durationMs));
  return (one.eventsPerSecond * SECOND_MS) / (direction === 'down' ? durationMs + SECOND_MS : durationMs);
}
