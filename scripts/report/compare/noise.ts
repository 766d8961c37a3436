import type { PathName } from '#functions/contract.ts';
import { criticalT } from '#model/statistics/student-t.ts';
import type { PathFigures, Report } from '../definition/report.ts';
import type { DrainMetricName, LiveMetricName, Reading } from './readings.ts';

/** Source of the noise; `assumed` is a stated allowance without a significance level. */
export type NoiseSource = 'repeats' | 'slices' | 'assumed';

/** Half-width of the interval in which chance alone may move the difference, in the metric's unit. */
export type Noise = { readonly amount: number; readonly from: NoiseSource };

/** Allowances for chance beyond the scatter within a run. */
export type Allowance = {
  /** Significance level: share of comparisons that may show a difference by chance. It has no effect where noise is assumed. */
  readonly level: number;
  /** Drift between whole runs (time of day, a busy neighbour), as a factor less 1: 0.1 allows × 1.1 and ÷ 1.1. */
  readonly drift: number;
  /** Offset that is drawn once a run, so that no slice shows it, in the metric's unit. */
  readonly offset: number;
};

/** Repeats run within the hour and may agree by luck, so half of the drift and of the offset remains. */
const LEFT_OF_REPEATS = 0.5;
/** Few repeats may scatter little by luck, so the noise of single runs is at least this many standard errors of the repeats. */
const LEAST_ERRORS = 4;
const FEWEST_SLICES = 5;

/** Direction of a change. */
export type Direction = 'up' | 'down';

export function directionOf(base: number, other: number): Direction {
  return other >= base ? 'up' : 'down';
}

/**
 * Noise of the difference between two readings in one direction, by default the direction in which they differ. Logarithms are
 * compared, because times and efforts scatter in proportion to their size.
 */
export function estimateNoise(
  base: Reading,
  other: Reading,
  { level, drift, offset }: Allowance,
  direction = directionOf(base.value, other.value),
): Noise {
  const spread = (logarithm: number): number =>
    Math.abs(base.value) * (direction === 'up' ? Math.expm1(logarithm) : -Math.expm1(-logarithm));
  const repeats = compareRepeats(base.repeats.map(Math.log), other.repeats.map(Math.log));
  // With repeats there are two tests, and either may report a difference, so each gets half the level.
  const eachLevel = repeats === null ? level : level / 2;
  const sliced = sliceNoise(base, other, eachLevel);
  const single: Noise = {
    amount: spread(Math.log1p(drift) + (sliced ?? 0)) + offset,
    from: sliced === null ? 'assumed' : 'slices',
  };
  if (repeats === null) return single;

  const { standardError, freedom } = repeats;
  const left = spread(Math.log1p(drift * LEFT_OF_REPEATS)) + offset * LEFT_OF_REPEATS;
  const welch = Math.max(spread(criticalT(eachLevel, freedom) * standardError), left);
  const least = spread(LEAST_ERRORS * standardError);
  const bySingle: Noise = least > single.amount ? { amount: least, from: 'repeats' } : single;
  return welch <= bySingle.amount ? { amount: welch, from: 'repeats' } : bySingle;
}

/** Welch's standard error and Satterthwaite's degrees of freedom; null unless both readings have repeats. */
function compareRepeats(
  base: readonly number[],
  other: readonly number[],
): { readonly standardError: number; readonly freedom: number } | null {
  if (base.length < 2 || other.length < 2) return null;
  const [one, two] = [varianceOf(base) / base.length, varianceOf(other) / other.length];
  const weight = one ** 2 / (base.length - 1) + two ** 2 / (other.length - 1);
  return { standardError: Math.sqrt(one + two), freedom: weight === 0 ? 1 : (one + two) ** 2 / weight };
}

/** Paired t interval of the slices, so that effects of every run, such as warming up, cancel out; null with too few slices. */
function sliceNoise(base: Reading, other: Reading, level: number): number | null {
  const ratios = base.slices.flatMap((before, i) => {
    const after = other.slices[i];
    return isPositive(before) && isPositive(after) ? Math.log(after / before) : [];
  });
  if (ratios.length < FEWEST_SLICES) return null;
  return criticalT(level, ratios.length - 1) * Math.sqrt(varianceOf(ratios) / ratios.length);
}

function isPositive(value: number | null | undefined): value is number {
  return typeof value === 'number' && value > 0;
}

/** Sample variance. */
function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

// Offsets: the most by which two runs of the same can differ although each of them looks steady.

/** Poll interval of the mapping on a shard. A shard's quota also renews once a second. */
const POLL_MS = 1_000;
/** A run has up to one invocation more or less at its beginning, and one at its end. */
const INVOCATIONS = 2;
/** Loads begin alike if their phases within the window differ by less than this share of the window. */
const SAME_PHASE = 0.02;

export function liveOffset(name: LiveMetricName, path: PathName, base: Report, other: Report): number {
  return path === 'micro-batch' ? microBatchOffset(name, base, other) : scheduledBatchOffset(name, base, other);
}

function microBatchOffset(name: LiveMetricName, base: Report, other: Report): number {
  const [one, two] = [base.paths.microBatch, other.paths.microBatch];
  switch (name) {
    case 'finality.p50':
    case 'finality.p95': {
      // The phase of the poll against the windows' ends is fixed for a run; the phase of a batching window drifts.
      const batchingMs = Math.max(...[base, other].map(({ stream }) => stream.mapping.batchingWindowSeconds * 1_000));
      const windows = Math.min(one.finalityMs?.count ?? 1, two.finalityMs?.count ?? 1);
      return POLL_MS + batchingMs * Math.min(1, 2 / windows);
    }
    case 'invocations':
      return invocationsPerMillion(one, two);
    default:
      return 0;
  }
}

function scheduledBatchOffset(name: LiveMetricName, base: Report, other: Report): number {
  const [one, two] = [base.paths.scheduledBatch, other.paths.scheduledBatch];
  const phased = !beginAlike(base, other);
  switch (name) {
    case 'freshness.mean':
    case 'freshness.p50':
    case 'freshness.p95':
    case 'freshness.p99':
    case 'end-to-end.p95':
      // Freshness is a sawtooth whose last tooth is cut by the end of the load; this bounds the shift of a mean or a percentile.
      return phased
        ? Math.max(...[base, other].map((report) => report.settings.windowMs / (2 * windowsOf(report))))
        : 0;
    case 'invocations':
      return invocationsPerMillion(one, two);
    case 'cpu':
    case 'billed':
      // One batch more or less, of average size.
      return phased ? perThousand(name, one) / Math.max(1, Math.min(one.invocations, two.invocations)) : 0;
    default:
      return 0;
  }
}

function invocationsPerMillion(one: PathFigures, two: PathFigures): number {
  return (INVOCATIONS / Math.max(1, Math.min(one.events, two.events))) * 1_000_000;
}

function perThousand(name: 'cpu' | 'billed', { cpuMs, billedDurationMs, events }: PathFigures): number {
  return ((name === 'cpu' ? cpuMs : (billedDurationMs ?? 0)) / Math.max(1, events)) * 1_000;
}

/** Length of a live load in windows, with the tail that closes the last window. */
function windowsOf({ load, settings }: Report): number {
  return (load.measuredMs + settings.boundMs + settings.windowMs) / settings.windowMs;
}

function beginAlike(base: Report, other: Report): boolean {
  // The schedule of a replay begins with its log.
  if (base.experiment === 'replay') return true;
  const [one, two] = [base, other].map(
    ({ load, settings: { windowMs } }) => (Date.parse(load.startedAt) % windowMs) / windowMs,
  );
  const apart = Math.abs((one ?? 0) - (two ?? 0));
  return Math.min(apart, 1 - apart) < SAME_PHASE;
}

/** One second more or less in a drain, as a change in one direction; 0 where a report has no such drain. */
export function drainOffset(
  name: DrainMetricName,
  base: Report,
  other: Report,
  windowMs: number,
  direction: Direction,
): number {
  if (name !== 'catch-up') return POLL_MS;
  const [one, two] = [base, other].map(({ drains }) => drains.find((each) => each.windowMs === windowMs)?.catchUp);
  if (one === undefined || two === undefined) return 0;
  const durationMs = Math.max(1, Math.min(one.durationMs, two.durationMs));
  return (one.eventsPerSecond * POLL_MS) / (direction === 'down' ? durationMs + POLL_MS : durationMs);
}
