import { PATH_NAMES, type PathName } from '#model/path-name.ts';
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

/** What has to be the same in two reports, so that a metric means the same in both. */
export type Need = 'target' | 'machine' | 'load generator' | 'window' | 'prices' | 'scenario' | 'fit';

export type Metric = {
  readonly label: string;
  readonly unit: Unit;
  readonly polarity: Polarity;
  readonly needs: readonly Need[];
  /** By drain: `catch-up.5m`. */
  readonly byDrain: boolean;
  readonly paths: readonly PathName[] | null;
  /** By how much a whole run moves for reasons of its own, as a factor less 1: what no single run can tell. */
  readonly drift: number;
};

const TIMED = ['target', 'machine'] as const;
const MODELLED = ['target', 'machine', 'prices', 'scenario', 'fit'] as const;

// Measured on a shared machine of 2 cores, eight runs of the same with others' work beside them: freshness lay up to 6 % apart in
// the mean and 17 % in the 99th percentile, CPU and billed time up to a factor of 1.9 (of which the slices show a part), rows and
// invocations up to 1 %.
const DRIFT_OF_TIME = 0.1;
const DRIFT_OF_COUNTS = 0.05;
const DRIFT_OF_CPU = 0.5;
/** The worst of few: a dozen windows in a minute have their worst for a 95th percentile, a minute's 99th is made in its worst second. */
const DRIFT_OF_WORST = 0.25;
/** Measured once a report, with nothing that tells how it would come out again. */
const DRIFT_OF_DRAINS = 0.25;
/** A model's: what moves is the fit. */
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

/** Everything that is compared, in the order of the table. */
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

/** What a metric is called in a table and in `--fail-on`: `micro-batch.freshness.p95`, `catch-up.5m`, `threshold`. */
export function metricId(name: MetricName, path: PathName | null, windowMs: number | null): string {
  const drained = windowMs === null ? '' : `.${formatDuration(windowMs)}`;
  const { paths }: Metric = METRICS[name];
  return `${paths?.length === PATH_NAMES.length ? `${path}.` : ''}${name}${drained}`;
}
