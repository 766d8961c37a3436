import { medianOf } from '../statistics/ranks.ts';
import { type CoefficientName, type Coefficients, countFor, predictMs } from './coefficients.ts';
import { solveNonNegative } from './non-negative-least-squares.ts';
import type { Sample } from './samples.ts';

/** What of an invocation is fitted, ms. */
export type Measure = (sample: Sample) => number;

const NONE: Coefficients = { ms: 0, msPerEvent: 0, msPerRecord: 0, msPerFreshRow: 0, msPerUpdatedRow: 0 };
const ROUNDS = 12;
/** An error is relative to what was predicted, but below this share of the mean to that: small times are the clock's noise. */
const SMALL_SHARE = 0.1;
/** In robust standard deviations: an invocation farther off pulls as if it were just so far. */
const OUTLIER = 3;
/** Of a normal distribution, the standard deviation in median absolute deviations. */
const DEVIATION = 1.4826;
/** Errors up to here are rounding, where the rest is fitted exactly. */
const ROUNDING = 1e-6;

/**
 * What an invocation takes in the mean, by what is in it: the typical one's coefficients, scaled so that all of these samples
 * together take what they did. What makes some of them dear, a collector's pause, say, comes again and is paid for.
 */
export function fitCoefficients(
  samples: readonly Sample[],
  measure: Measure,
  names: readonly CoefficientName[],
): Coefficients {
  const typical = fitTypical(samples, measure, names);
  const predicted = sumOf(samples, (sample) => predictMs(typical, sample));
  const factor = predicted === 0 ? 1 : sumOf(samples, measure) / predicted;
  return { ...NONE, ...Object.fromEntries(names.map((name) => [name, factor * typical[name]])) };
}

/**
 * Non-negative least squares of relative errors, in rounds: an invocation weighs by what the round before predicted for it, and
 * less where it is farther off than its like (Huber's weights). A pause in one of them then doesn't bend the rest: it would
 * fall to whatever that invocation had most of.
 */
function fitTypical(samples: readonly Sample[], measure: Measure, names: readonly CoefficientName[]): Coefficients {
  const small = (SMALL_SHARE * sumOf(samples, measure)) / samples.length;
  let weights = samples.map((sample) => Math.max(measure(sample), small) ** -2);
  let coefficients = NONE;
  for (let round = 0; round < ROUNDS; round++) {
    const equations = samples.map((sample, index) => ({
      terms: countFor(names, sample),
      value: measure(sample),
      weight: weights[index] ?? 0,
    }));
    const solved = solveNonNegative(equations, names.length);
    coefficients = { ...NONE, ...Object.fromEntries(names.map((name, index) => [name, solved[index] ?? 0])) };
    weights = weighBy(coefficients, samples, measure, small);
  }
  return coefficients;
}

function sumOf(samples: readonly Sample[], measure: Measure): number {
  return samples.reduce((sum, sample) => sum + measure(sample), 0);
}

function weighBy(coefficients: Coefficients, samples: readonly Sample[], measure: Measure, small: number): number[] {
  const judged = samples.map((sample) => {
    const predicted = predictMs(coefficients, sample);
    const scale = Math.max(predicted, small);
    return { scale, error: Math.abs(measure(sample) - predicted) / scale };
  });
  const far = Math.max(ROUNDING, OUTLIER * DEVIATION * medianOf(judged.map(({ error }) => error)));
  return judged.map(({ scale, error }) => (error > far ? far / error : 1) / scale ** 2);
}
