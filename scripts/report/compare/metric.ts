import { PATH_NAMES, type PathName } from '#functions/contract.ts';
import { formatDuration } from '#text/duration.ts';

export type Polarity = 'lower is better' | 'higher is better' | 'neutral';

export const UNITS = [
  'ms',
  's',
  'rows per final row',
  'per million events',
  'ms per 1,000 events',
  'USD a month',
  'events/s',
] as const;
export type Unit = (typeof UNITS)[number];

/** Properties that two reports must share, so that a metric means the same in both. */
export type Need = 'target' | 'machine' | 'load generator' | 'window' | 'prices' | 'scenario' | 'fit';

export type Metric = {
  readonly label: string;
  readonly unit: Unit;
  readonly polarity: Polarity;
  readonly needs: readonly Need[];
  /** True if each drain has the metric, as in `catch-up.5m`. */
  readonly byDrain: boolean;
  /** Paths that have the metric; null for the threshold, which belongs to no path. */
  readonly paths: readonly PathName[] | null;
  /** Drift between whole runs, which no single run shows, as a factor less 1. */
  readonly drift: number;
};

const TIMED = ['target', 'machine'] as const;
const MODELLED = ['target', 'machine', 'prices', 'scenario', 'fit'] as const;

// Measured with eight runs of the same on a shared machine with 2 cores: mean freshness differed by up to 6 %, its 99th percentile
// by up to 17 %, CPU and billed time by a factor of up to 1.9 (the slices show a part of it), rows and invocations by up to 1 %.
const DRIFT_OF_TIME = 0.1;
const DRIFT_OF_COUNTS = 0.05;
const DRIFT_OF_CPU = 0.5;
/** Extremes of few: the 95th percentile of a dozen windows is their worst; one bad second makes the 99th of a minute. */
const DRIFT_OF_WORST = 0.25;
/** A drain is measured once a report, so its scatter is unknown. */
const DRIFT_OF_DRAINS = 0.25;
/** A modelled figure moves with the fit only. */
const DRIFT_OF_MODEL = 0.02;

function metric(label: string, unit: Unit, needs: readonly Need[], more: Partial<Metric> = {}): Metric {
  return {
    label,
    unit,
    needs,
    polarity: 'lower is better',
    byDrain: false,
    paths: PATH_NAMES,
    drift: DRIFT_OF_TIME,
    ...more,
  };
}

/** All metrics, in the order of the table. */
export const METRICS = {
  'freshness.mean': metric('freshness, mean', 'ms', TIMED),
  'freshness.p50': metric('freshness, median', 'ms', TIMED),
  'freshness.p95': metric('freshness, 95th percentile', 'ms', TIMED),
  'freshness.p99': metric('freshness, 99th percentile', 'ms', TIMED, { drift: DRIFT_OF_WORST }),
  'end-to-end.p95': metric('end to end, 95th percentile', 'ms', ['target', 'machine', 'load generator']),
  'finality.p50': metric('finality, median', 'ms', TIMED),
  'finality.p95': metric('finality, 95th percentile', 'ms', TIMED, { drift: DRIFT_OF_WORST }),
  rows: metric('rows written per final row', 'rows per final row', ['target', 'window'], { drift: DRIFT_OF_COUNTS }),
  invocations: metric('invocations per million events', 'per million events', ['target'], { drift: DRIFT_OF_COUNTS }),
  cpu: metric('CPU per 1,000 events', 'ms per 1,000 events', TIMED, { drift: DRIFT_OF_CPU }),
  billed: metric('billed duration per 1,000 events', 'ms per 1,000 events', TIMED, { drift: DRIFT_OF_CPU }),
  cost: metric('modelled cost of the path alone', 'USD a month', MODELLED, { drift: DRIFT_OF_MODEL }),
  'batch-cold': metric('duration of a cold batch over a whole window', 'ms', TIMED, {
    byDrain: true,
    paths: ['scheduled-batch'],
    drift: DRIFT_OF_DRAINS,
  }),
  'batch-warm': metric('duration of a warm batch over a whole window', 'ms', TIMED, {
    byDrain: true,
    paths: ['scheduled-batch'],
    drift: DRIFT_OF_DRAINS,
  }),
  'catch-up': metric('throughput when catching up on a whole window', 'events/s', TIMED, {
    byDrain: true,
    paths: ['micro-batch'],
    polarity: 'higher is better',
    drift: DRIFT_OF_DRAINS,
  }),
  threshold: metric('window from which the batch is better', 's', MODELLED, { paths: null, polarity: 'neutral' }),
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];

/** Name of a metric in tables and in `--fail-on`: `micro-batch.freshness.p95`, `catch-up.5m`, `threshold`. */
export function metricId(name: MetricName, path: PathName | null, windowMs: number | null): string {
  const drained = windowMs === null ? '' : `.${formatDuration(windowMs)}`;
  const { paths }: Metric = METRICS[name];
  return `${paths?.length === PATH_NAMES.length ? `${path}.` : ''}${name}${drained}`;
}
