import { medianOf } from '../statistics/ranks.ts';
import { type CoefficientName, type Coefficients, countFor, predictMs } from './coefficients.ts';
import { solveNonNegative } from './non-negative-least-squares.ts';
import type { Sample } from './samples.ts';

/** Reads the fitted time of an invocation, ms. */
export type Measure = (sample: Sample) => number;

const NONE: Coefficients = { ms: 0, msPerEvent: 0, msPerRecord: 0, msPerFreshRow: 0, msPerUpdatedRow: 0 };
const ROUNDS = 12;
/** Errors are relative to the predicted time, or to this share of the mean if that is more, since small times are noise of the clock. */
const SMALL_SHARE = 0.1;
/** Robust standard deviations beyond which the weight of an invocation falls. */
const OUTLIER = 3;
/** Standard deviation of a normal distribution ÷ its median absolute deviation. */
const DEVIATION = 1.4826;
/** Relative errors up to this one are rounding. It matters if most invocations are fitted exactly. */
const ROUNDING = 1e-6;

/**
 * Fits the mean time of an invocation: the coefficients of a typical one, scaled so that the predictions add up to the measured sum.
 * Without the scale, the time of rare slow invocations, such as those with a garbage collection, would be missing from a bill.
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
 * Fits relative errors by non-negative least squares in rounds. An invocation is weighted by its prediction of the round before, and
 * outliers count less (Huber's weights). Otherwise a pause in one invocation would raise the coefficient of whatever it had most of.
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
