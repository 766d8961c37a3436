import type { Reading } from './reading.ts';
import { criticalT } from './student-t.ts';

/** Where the noise of a difference was learnt; assumed: nowhere, so that it is a stated allowance and no test at a level. */
export type NoiseSource = 'repeats' | 'slices' | 'assumed';

/** How far two readings lie apart by chance at most, in the metric's unit. */
export type Noise = { readonly amount: number; readonly from: NoiseSource };

export type Caution = {
  /** In what share of comparisons chance may pass for a difference at most; of no account where noise is assumed. */
  readonly share: number;
  /** By how much the hour or a busy neighbour can move a whole run, as a factor less 1: 0.1 is a tenth more, or 1 / 1.1. */
  readonly drift: number;
  /** What can move between two runs for a reason that is known, and is seen in neither, in the metric's unit. */
  readonly unseen: number;
};

/** Repeats show most of what moves a whole run; not the hour, which they share, nor what was drawn alike by luck. */
const LEFT_OF_REPEATS = 0.5;
/** Few repeats scatter little by luck, so they never make a single run's noise less than this without Welch's word for it. */
const LEAST_ERRORS = 4;
const FEWEST_SLICES = 5;

/** Which way a metric moves. */
export type Direction = 'up' | 'down';

/** The way in which two values differ. */
export function directionOf(base: number, other: number): Direction {
  return other >= base ? 'up' : 'down';
}

/**
 * Between a base and another reading: what chance may do in a direction, that in which they differ unless another is asked for.
 * By ratio, since what scatters a time or an effort does so in proportion to it.
 */
export function estimateNoise(
  base: Reading,
  other: Reading,
  caution: Caution,
  direction = directionOf(base.value, other.value),
): Noise {
  const spread = (logarithm: number): number =>
    Math.abs(base.value) * (direction === 'up' ? Math.expm1(logarithm) : -Math.expm1(-logarithm));
  const { share, drift, unseen } = caution;
  const repeats = compareRepeats(base.repeats.map(Math.log), other.repeats.map(Math.log));
  // Two tests, of which either may speak for a difference, share the false alarms.
  const each = repeats === null ? share : share / 2;
  const sliced = sliceNoise(base, other, each);
  const single: Noise = {
    amount: spread(Math.log1p(drift) + (sliced ?? 0)) + unseen,
    from: sliced === null ? 'assumed' : 'slices',
  };
  if (repeats === null) return single;

  const { standardError, freedom } = repeats;
  const left = spread(Math.log1p(drift * LEFT_OF_REPEATS)) + unseen * LEFT_OF_REPEATS;
  const ofWelch = Math.max(spread(criticalT(each, freedom) * standardError), left);
  const least = spread(LEAST_ERRORS * standardError);
  const bySingle: Noise = least > single.amount ? { amount: least, from: 'repeats' } : single;
  return ofWelch <= bySingle.amount ? { amount: ofWelch, from: 'repeats' } : bySingle;
}

/** After Welch and Satterthwaite. Null where either was not repeated. */
function compareRepeats(
  base: readonly number[],
  other: readonly number[],
): { readonly standardError: number; readonly freedom: number } | null {
  if (base.length < 2 || other.length < 2) return null;
  const [one, two] = [varianceOf(base) / base.length, varianceOf(other) / other.length];
  const weight = one ** 2 / (base.length - 1) + two ** 2 / (other.length - 1);
  return { standardError: Math.sqrt(one + two), freedom: weight === 0 ? 1 : (one + two) ** 2 / weight };
}

/** Slice by slice, so that what every run goes through, such as warming up, cancels out. Null with too few slices. */
function sliceNoise(base: Reading, other: Reading, share: number): number | null {
  const ratios = base.slices.flatMap((before, i) => {
    const after = other.slices[i];
    return isPositive(before) && isPositive(after) ? Math.log(after / before) : [];
  });
  if (ratios.length < FEWEST_SLICES) return null;
  return criticalT(share, ratios.length - 1) * Math.sqrt(varianceOf(ratios) / ratios.length);
}

function isPositive(value: number | null | undefined): value is number {
  return typeof value === 'number' && value > 0;
}

/** Of a sample. */
function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
