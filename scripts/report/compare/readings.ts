import { PATH_BY_NAME, type PathName } from '#functions/contract.ts';
import { estimateMonthlyCost } from '#model/cost/monthly-cost.ts';
import { planDeployment } from '#model/plan/plan-deployment.ts';
import { deployAlone } from '#model/verdict/deploy-alone.ts';
import { prepareScenario } from '#model/verdict/scenario.ts';
import { USUAL_WINDOW_SECONDS } from '#model/verdict/summary.ts';
import { formatDuration } from '#text/duration.ts';
import { findGap } from '../definition/model-of.ts';
import type { DrainReport, PathFigures, Report, Slice } from '../definition/report.ts';
import type { MetricName } from './metric.ts';

/** A metric as one report has it. */
export type Reading = {
  /** Mean of the repeats, or the figure of the single run. */
  readonly value: number;
  /** One value above 0 for each live run; empty with fewer than two runs. */
  readonly repeats: readonly number[];
  /** One value for each slice of the run that is shown in full; null for a slice without events. */
  readonly slices: readonly (number | null)[];
};

/** Why a report lacks the metric, as a predicate of the report: `has no drain of 5m`. */
export type Missing = { readonly missing: string };

export function isMissing(read: Reading | Missing): read is Missing {
  return 'missing' in read;
}

/** A figure that was measured once. */
export function once(value: number): Reading {
  return { value, repeats: [], slices: [] };
}

// Live runs, and replays of a log.

type LiveSource = {
  readonly read: (figures: PathFigures) => number | null;
  /** The metric in a tenth of the run, or a figure that varies as the metric does. */
  readonly readSlice: (slice: Slice, figures: PathFigures) => number | null;
  readonly missing: string;
};

const NOTHING_COUNTED = 'has no counted events';

function freshness(figure: 'mean' | 'p50' | 'p95' | 'p99'): LiveSource {
  const read = ({ freshnessMs }: Pick<PathFigures, 'freshnessMs'>): number | null => freshnessMs?.[figure] ?? null;
  return { read, readSlice: read, missing: NOTHING_COUNTED };
}

/** Slices lack these times, so a slice is taken to be later than the run by as much as its freshness is. */
function laterTime(field: 'endToEndMs' | 'finalityMs', percentile: 'p50' | 'p95', missing: string): LiveSource {
  return {
    read: (figures) => figures[field]?.[percentile] ?? null,
    readSlice: ({ freshnessMs: inSlice }, { freshnessMs, [field]: whole }) =>
      inSlice === null || freshnessMs === null || whole === null
        ? null
        : whole[percentile] - freshnessMs[percentile] + inSlice[percentile],
    missing,
  };
}

function perEvents(amount: number | null, { events }: { readonly events: number }, unit: number): number | null {
  return amount === null || events === 0 ? null : (amount / events) * unit;
}

const LIVE_SOURCES = {
  'freshness.mean': freshness('mean'),
  'freshness.p50': freshness('p50'),
  'freshness.p95': freshness('p95'),
  'freshness.p99': freshness('p99'),
  'end-to-end.p95': laterTime('endToEndMs', 'p95', NOTHING_COUNTED),
  'finality.p50': laterTime('finalityMs', 'p50', 'has no window that became final'),
  'finality.p95': laterTime('finalityMs', 'p95', 'has no window that became final'),
  rows: {
    read: ({ rowsWritten, rowsFinal }) => (rowsFinal === 0 ? null : rowsWritten / rowsFinal),
    readSlice: (slice) => perEvents(slice.rowsWritten, slice, 1),
    missing: 'has no rows',
  },
  invocations: {
    read: (figures) => perEvents(figures.invocations, figures, 1_000_000),
    readSlice: (slice) => perEvents(slice.invocations, slice, 1_000_000),
    missing: NOTHING_COUNTED,
  },
  cpu: {
    read: (figures) => perEvents(figures.cpuMs, figures, 1_000),
    readSlice: (slice) => perEvents(slice.cpuMs, slice, 1_000),
    missing: NOTHING_COUNTED,
  },
  billed: {
    read: (figures) => perEvents(figures.billedDurationMs, figures, 1_000),
    // Slices have no billed duration; it varies as the CPU does.
    readSlice: (slice) => perEvents(slice.cpuMs, slice, 1_000),
    missing: 'has no billed duration from its platform',
  },
} satisfies Partial<Record<MetricName, LiveSource>>;

export type LiveMetricName = keyof typeof LIVE_SOURCES;
export const LIVE_METRICS = Object.keys(LIVE_SOURCES) as readonly LiveMetricName[];

export function readLive(report: Report, name: LiveMetricName, path: PathName): Reading | Missing {
  const { read, readSlice, missing }: LiveSource = LIVE_SOURCES[name];
  const key = PATH_BY_NAME[path];
  const shown = report.paths[key];
  const value = read(shown);
  if (value === null) return { missing };
  const repeats = report.repeats.flatMap(({ paths }) => read(paths[key]) ?? []);
  // The clocks of sender and database disagree by an unknown amount, and a value at or below 0 has no logarithm.
  if (Math.min(value, ...repeats) <= 0) return { missing: 'has a value that is not above 0' };
  const slices = shown.slices.map((slice) => readSlice(slice, shown));
  if (repeats.length < 2) return { value, repeats: [], slices };
  return { value: repeats.reduce((sum, each) => sum + each, 0) / repeats.length, repeats, slices };
}

// Drains.

const DRAIN_SOURCES = {
  'batch-cold': ({ cold }) => cold?.durationMs ?? null,
  'batch-warm': ({ warm }) => warm.durationMs,
  'catch-up': ({ catchUp }) => catchUp.eventsPerSecond,
} satisfies Partial<Record<MetricName, (drain: DrainReport) => number | null>>;

export type DrainMetricName = keyof typeof DRAIN_SOURCES;
export const DRAIN_METRICS = Object.keys(DRAIN_SOURCES) as readonly DrainMetricName[];

/** Windows that at least one of the reports drained, ms, rising. */
export function drainedWindows(base: Report, other: Report): number[] {
  return [...new Set([...base.drains, ...other.drains].map(({ windowMs }) => windowMs))].sort((a, b) => a - b);
}

export function readDrain(report: Report, name: DrainMetricName, windowMs: number): Reading | Missing {
  const drain = report.drains.find((each) => each.windowMs === windowMs);
  if (drain === undefined) return { missing: `has no drain of ${formatDuration(windowMs)}` };
  const value = DRAIN_SOURCES[name](drain);
  return value === null
    ? { missing: `has no cold batch of ${formatDuration(windowMs)}, since its target can't start one` }
    : once(value);
}

// Modelled cost.

/** Window at which cost is compared: 5 minutes if both reports judged it, else the first that both judged; null without one. */
export function costedWindow(base: Report, other: Report): number | null {
  const judged = other.scenario.windowsSeconds;
  const common = base.scenario.windowsSeconds.filter((windowSeconds) => judged.includes(windowSeconds));
  return common.includes(USUAL_WINDOW_SECONDS) ? USUAL_WINDOW_SECONDS : (common[0] ?? null);
}

/**
 * Reads the monthly cost of the report's scenario with one path deployed alone, by the report's own model and prices. The micro-batch
 * path is costed with the mapping that was run, not the cheapest one, because the mapping may be what somebody changed. Checking the
 * model and preparing the workload take milliseconds, so both are done once for the two paths.
 *
 * @param windowSeconds null where the reports judge no window in common
 */
export function createCostReader(report: Report, windowSeconds: number | null): (path: PathName) => Reading | Missing {
  if (windowSeconds === null) return () => ({ missing: 'judges none of the windows that the other one does' });
  // The model of another version may lack a parameter or a price.
  if (findGap(report) !== null) return () => ({ missing: 'has a model that this version of Tidemark cannot price' });
  const { batchingWindowSeconds, batchSize } = report.stream.mapping;
  const scenario = prepareScenario(report.scenario);
  const { parameters } = report.model;
  return (path) => {
    const deployment =
      path === 'micro-batch'
        ? { ...deployAlone(scenario, path, windowSeconds, batchingWindowSeconds), batchSize }
        : deployAlone(scenario, path, windowSeconds, null);
    const plan = planDeployment(parameters, scenario.workload, deployment);
    return once(estimateMonthlyCost(report.prices.table, plan).totalUsd);
  };
}
