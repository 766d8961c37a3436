import type { PathCorrectness } from '#bench/verify/correctness.ts';
import { PATH_NAMES, type PathName } from '#functions/contract.ts';
import { formatDuration } from '#text/duration.ts';
import { UsageError } from '#text/usage-error.ts';
import type { Report } from '../definition/report.ts';
import {
  type Difference,
  differingDrains,
  findDifferences,
  findObstacle,
  findWorkloadDifferences,
  type Obstacle,
} from './differences.ts';
import { METRICS, type Metric, type MetricName, metricId, type Polarity, type Unit } from './metric.ts';
import {
  type Direction,
  directionOf,
  drainOffset,
  estimateNoise,
  liveOffset,
  type Noise,
  type NoiseSource,
} from './noise.ts';
import {
  costedWindow,
  createCostReader,
  DRAIN_METRICS,
  drainedWindows,
  isMissing,
  LIVE_METRICS,
  type Missing,
  type Reading,
  readDrain,
  readLive,
} from './readings.ts';

/** A report and the name of its file. */
export type Named = { readonly file: string; readonly report: Report };

/** Outcomes of a metric; `changed` is beyond the noise in a metric without a better direction. */
export const OUTCOMES = ['worse', 'better', 'changed', 'within noise', 'same'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Key of a metric. The path is null for the threshold; the window is null for all metrics but those of drains. */
type MetricKey = { readonly name: MetricName; readonly path: PathName | null; readonly windowMs: number | null };

/** A metric of two reports, side by side, in its unit. */
export type Compared = MetricKey & {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly polarity: Polarity;
  /** Null, like `other`, where no window up to a day is the threshold. */
  readonly base: number | null;
  readonly other: number | null;
  /** Other − base; null where either is null. */
  readonly difference: number | null;
  /** Difference ÷ base; null where the base is 0 or null. */
  readonly share: number | null;
  /** Half-width of the noise in the direction of the difference; null for the threshold, which has the verdict's band instead. */
  readonly noise: number | null;
  /** Noise of a rise and of a fall; a fall is smaller, because nothing falls below 0. */
  readonly noiseEachWay: { readonly up: number; readonly down: number } | null;
  readonly noiseFrom: NoiseSource | 'band';
  readonly outcome: Outcome;
};

/** Outcome: the difference beside the noise. */
export function isReal({ outcome }: Pick<Compared, 'outcome'>): boolean {
  return outcome !== 'same' && outcome !== 'within noise';
}

/** A metric that can't be compared, and why. */
export type NotCompared = MetricKey & Obstacle & { readonly id: string };

export type Exactness = {
  readonly exact: boolean;
  /** Number of events that were sent. */
  readonly events: number;
  /** Parts of the run with a wrong count, such as `live run (micro-batch 3 missing, 0 surplus; …)`. */
  readonly failed: readonly string[];
};

/** A report beside the base. */
export type Comparison = {
  readonly base: Named;
  readonly other: Named;
  /** True if the two files hold the same report. */
  readonly isSame: boolean;
  readonly exactness: { readonly base: Exactness; readonly other: Exactness };
  readonly differences: readonly Difference[];
  /** Empty, like `notCompared`, where either report is not exact. */
  readonly compared: readonly Compared[];
  readonly notCompared: readonly NotCompared[];
};

/** Greatest share of comparisons of two equal runs that may show a difference in any tested metric. */
const FALSE_ALARMS = 0.01;

/** @throws UsageError in one line where the workloads differ, because then no metric can be compared */
export function compareReports(base: Named, other: Named): Comparison {
  const exactness = { base: describeExactness(base.report), other: describeExactness(other.report) };
  const differences = findDifferences(base.report, other.report);
  const isSame = base.report.digest === other.report.digest;
  const comparison = { base, other, isSame, exactness, differences, compared: [], notCompared: [] };
  if (!exactness.base.exact || !exactness.other.exact) return comparison;
  refuseOtherWorkload(base, other);

  const pairs: Pair[] = [];
  const notCompared: NotCompared[] = [];
  for (const pair of readPairs(base, other)) {
    const { name, path, windowMs } = pair;
    const unpaired = 'reason' in pair ? { reason: pair.reason, brief: pair.reason } : null;
    const obstacle = findObstacle(METRICS[name].needs, differences) ?? unpaired;
    if (obstacle !== null) notCompared.push({ id: metricId(name, path, windowMs), name, path, windowMs, ...obstacle });
    else if (!('reason' in pair)) pairs.push(pair);
  }
  // Bonferroni: the metrics share the false alarms of the comparison. A metric with assumed noise leaves its share unused.
  const compared = pairs.map((pair) => compareMetric(pair, FALSE_ALARMS / pairs.length));
  const obstacle = findObstacle(METRICS.threshold.needs, differences);
  if (obstacle === null) compared.push(compareThresholds(base.report, other.report));
  else notCompared.push({ id: 'threshold', name: 'threshold', path: null, windowMs: null, ...obstacle });
  return { ...comparison, compared, notCompared };
}

function refuseOtherWorkload(base: Named, other: Named): void {
  const workload = findWorkloadDifferences(base.report, other.report);
  if (workload.length === 0) return;
  throw new UsageError(
    `Can't compare '${base.file}' with '${other.file}': their workloads differ (${workload.join('; ')}); ` +
      'run both benchmarks with the same load options',
  );
}

function describeExactness(report: Report): Exactness {
  const { correctness, repeats, calibration, drains, batchingWindows, exact } = report;
  const describePath = (name: PathName, { missing, surplus }: PathCorrectness): string =>
    `${name} ${missing.toLocaleString('en-US')} missing, ${surplus.toLocaleString('en-US')} surplus`;
  const live = [
    describePath('micro-batch', correctness.microBatch),
    describePath('scheduled-batch', correctness.scheduledBatch),
  ];
  const failed = [
    ...(correctness.exact ? [] : [`live run (${live.join('; ')})`]),
    ...repeats.slice(1).flatMap((repeat, i) => (repeat.exact ? [] : [`live run ${i + 2}`])),
    ...(calibration === null || calibration.exact ? [] : ['calibration']),
    ...drains.filter((each) => !each.exact).map(({ windowMs }) => `drain of ${formatDuration(windowMs)}`),
    ...batchingWindows
      .filter((each) => !each.exact)
      .map(({ batchingWindowSeconds }) => `batching window of ${formatDuration(batchingWindowSeconds * 1_000)}`),
  ];
  return { exact, events: correctness.sentEvents, failed };
}

// Readings of a metric from both reports.

type Pair = MetricKey & {
  readonly base: Reading;
  readonly other: Reading;
  /** Offset between two runs in one direction, in the metric's unit. */
  readonly offset: (direction: Direction) => number;
};

/** A metric that one of the reports lacks, or that was measured with other loads. */
type Unpaired = MetricKey & { readonly reason: string };

/** Every metric but the threshold, in the order of the table. */
function readPairs(base: Named, other: Named): (Pair | Unpaired)[] {
  const costed = costedWindow(base.report, other.report);
  const readBaseCost = createCostReader(base.report, costed);
  const readOtherCost = createCostReader(other.report, costed);
  const pairOf = (
    key: MetricKey,
    [one, two]: readonly [base: Reading | Missing, other: Reading | Missing],
    offset: Pair['offset'] = () => 0,
  ): Pair | Unpaired => {
    if (isMissing(one)) return { ...key, reason: `${base.file} ${one.missing}` };
    if (isMissing(two)) return { ...key, reason: `${other.file} ${two.missing}` };
    return { ...key, base: one, other: two, offset };
  };
  const ofPath = (path: PathName): (Pair | Unpaired)[] => [
    ...LIVE_METRICS.map((name) =>
      pairOf(
        { name, path, windowMs: null },
        [readLive(base.report, name, path), readLive(other.report, name, path)],
        () => liveOffset(name, path, base.report, other.report),
      ),
    ),
    pairOf({ name: 'cost', path, windowMs: null }, [readBaseCost(path), readOtherCost(path)]),
  ];
  const ofDrain = (windowMs: number): (Pair | Unpaired)[] =>
    DRAIN_METRICS.map((name) => {
      const key = { name, path: METRICS[name].paths?.[0] ?? null, windowMs };
      const reason = differingDrains(base.report, other.report, windowMs);
      const pair = pairOf(
        key,
        [readDrain(base.report, name, windowMs), readDrain(other.report, name, windowMs)],
        (direction) => drainOffset(name, base.report, other.report, windowMs, direction),
      );
      return reason === null || 'reason' in pair ? pair : { ...key, reason };
    });
  return [...PATH_NAMES.flatMap(ofPath), ...drainedWindows(base.report, other.report).flatMap(ofDrain)];
}

// The difference of a metric, and its outcome.

/** @param level significance level of this metric */
function compareMetric({ name, path, windowMs, base, other, offset }: Pair, level: number): Compared {
  const { label, unit, polarity, drift }: Metric = METRICS[name];
  const noiseOf = (direction: Direction): Noise =>
    estimateNoise(base, other, { level, drift, offset: offset(direction) }, direction);
  const noise = noiseOf(directionOf(base.value, other.value));
  const difference = other.value - base.value;
  return {
    id: metricId(name, path, windowMs),
    name,
    path,
    windowMs,
    label,
    unit,
    polarity,
    base: base.value,
    other: other.value,
    difference,
    share: base.value === 0 ? null : difference / base.value,
    noise: noise.amount,
    noiseEachWay: { up: noiseOf('up').amount, down: noiseOf('down').amount },
    noiseFrom: noise.from,
    outcome: outcomeOf(polarity, difference, noise.amount),
  };
}

function outcomeOf(polarity: Polarity, difference: number, noise: number): Outcome {
  if (difference === 0) return 'same';
  if (Math.abs(difference) <= noise) return 'within noise';
  if (polarity === 'neutral') return 'changed';
  return difference > 0 === (polarity === 'higher is better') ? 'better' : 'worse';
}

type Threshold = Pick<Report['verdict'], 'thresholdSeconds' | 'earliestSeconds' | 'latestSeconds'>;

/** Two thresholds are within noise where each lies in the band of the other verdict. */
function compareThresholds({ verdict: one }: Report, { verdict: two }: Report): Compared {
  const [base, other] = [one.thresholdSeconds, two.thresholdSeconds];
  const difference = base === null || other === null ? null : other - base;
  const { label, unit, polarity } = METRICS.threshold;
  const overlap = liesIn(base, two) && liesIn(other, one);
  return {
    id: 'threshold',
    name: 'threshold',
    path: null,
    windowMs: null,
    label,
    unit,
    polarity,
    base,
    other,
    difference,
    share: difference === null || base === null || base === 0 ? null : difference / base,
    noise: null,
    noiseEachWay: null,
    noiseFrom: 'band',
    outcome: base === other ? 'same' : overlap ? 'within noise' : 'changed',
  };
}

/** No threshold up to a day counts as one beyond all windows. */
function liesIn(seconds: number | null, { earliestSeconds, latestSeconds }: Threshold): boolean {
  const at = seconds ?? Number.POSITIVE_INFINITY;
  return at >= (earliestSeconds ?? Number.POSITIVE_INFINITY) && at <= (latestSeconds ?? Number.POSITIVE_INFINITY);
}
