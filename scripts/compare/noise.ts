import type { Reading } from './reading.ts';
import { criticalT } from './student-t.ts';

/** Where the noise of a difference was learnt. */
export type NoiseSource = 'repeats' | 'slices' | 'assumed';

/** How far two readings lie apart by chance at most, in the metric's unit. */
export type Noise = { readonly amount: number; readonly from: NoiseSource };

export type Caution = {
  /** In what share of comparisons chance may pass for a difference. */
  readonly share: number;
  /** By how much the hour or a busy neighbour can move a whole run, as a factor less 1: 0.1 is a tenth more, or 1 / 1.1. */
  readonly drift: number;
  /** What can move between two runs for a reason that is known, and is seen in neither, in the metric's unit. */
  readonly unseen: number;
};

/** Repeats show most of what moves a whole run; not the hour, which they share. */
const DRIFT_OF_REPEATS = 0.5;
const FEWEST_SLICES = 5;
/** Two runs tell next to nothing of how they scatter: less than the slices of one. */
const FEWEST_REPEATS = 3;
/** A repeated report speaks for an unrepeated one from here on. */
const FEWEST_TO_LEND = 5;

/**
 * Between a base and another reading: what chance may do in the direction in which they differ. By ratio, since what scatters
 * a time or an effort does so in proportion to it.
 */
export function estimateNoise(base: Reading, other: Reading, caution: Caution): Noise {
  const { share, drift, unseen } = caution;
  const spread = (logarithm: number): number =>
    Math.abs(base.value) * (other.value >= base.value ? Math.expm1(logarithm) : -Math.expm1(-logarithm));

  const [one, two] = [base.repeats.map(Math.log), other.repeats.map(Math.log)];
  const repeated = repeatNoise(one, two, share);
  if (repeated !== null) {
    return { amount: spread(Math.max(repeated, Math.log1p(drift * DRIFT_OF_REPEATS))), from: 'repeats' };
  }
  const sliced = sliceNoise(base, other, share);
  const single = spread(Math.log1p(drift) + (sliced ?? 0)) + unseen;
  const lent = lentNoise(one.length > two.length ? one : two, share);
  if (lent !== null) return { amount: Math.max(spread(lent), single), from: 'repeats' };
  return { amount: single, from: sliced === null ? 'assumed' : 'slices' };
}

/** Half of Welch's interval. Null where either was not repeated often enough. */
function repeatNoise(base: readonly number[], other: readonly number[], share: number): number | null {
  if (Math.min(base.length, other.length) < FEWEST_REPEATS) return null;
  const [one, two] = [varianceOf(base) / base.length, varianceOf(other) / other.length];
  if (one + two === 0) return 0;
  const freedom = (one + two) ** 2 / (one ** 2 / (base.length - 1) + two ** 2 / (other.length - 1));
  return criticalT(share, freedom) * Math.sqrt(one + two);
}

/** Where one was repeated and the other ran once: as if that one scattered alike. */
function lentNoise(repeats: readonly number[], share: number): number | null {
  if (repeats.length < FEWEST_TO_LEND) return null;
  return criticalT(share, repeats.length - 1) * Math.sqrt(varianceOf(repeats) * (1 / repeats.length + 1));
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
