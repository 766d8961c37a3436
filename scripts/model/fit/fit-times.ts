import { plural } from '#text/format-number.ts';
import { createRandom } from '../statistics/random.ts';
import { type CoefficientName, CPU_COEFFICIENTS, DATABASE_COEFFICIENTS, predictMs } from './coefficients.ts';
import { fitCoefficients, type Measure } from './fit-coefficients.ts';
import { errorOf, type FitError } from './fit-error.ts';
import type { TimeFit } from './fitted-model.ts';
import type { Sample } from './samples.ts';

type Range = readonly [least: number, most: number];

/** The reason for a missing fit, in words that follow "not fitted: ". */
export type NoFit = { readonly why: string };

/** Step of the clock, ms; a shorter time was not measured. */
const CLOCK_STEP_MS = 0.001;
const FOLDS = 3;
/** Seed for drawing folds; it is fixed so that equal samples give equal errors. */
const SEED = 1;
const LEAST_SAMPLES = 12;
/** Least ratio of the most to the fewest events of an invocation; with less the slope would be a guess. */
const LEAST_SPREAD = 2;

/** Fits the CPU of warm invocations; cold ones are left out. */
export function fitCpu(samples: readonly Sample[]): TimeFit | NoFit {
  return fitTimes(samples, ({ cpuMs }) => cpuMs, CPU_COEFFICIENTS);
}

/** Fits the time that warm invocations wait for the run's own database. */
export function fitDatabaseWait(samples: readonly Sample[]): TimeFit | NoFit {
  return fitTimes(samples, ({ databaseWaitMs }) => databaseWaitMs, DATABASE_COEFFICIENTS);
}

export function isFit(fit: TimeFit | NoFit): fit is TimeFit {
  return !('why' in fit);
}

function fitTimes(samples: readonly Sample[], measure: Measure, names: readonly CoefficientName[]): TimeFit | NoFit {
  const warm = samples.filter((sample) => !sample.cold && measure(sample) >= CLOCK_STEP_MS);
  const why = whyTooLittle(warm);
  if (why !== null) return { why };
  const heldOut = crossValidate(warm, measure, names);
  if (heldOut === null) return { why: 'no warm invocation took any time' };
  const rangeIn = (count: (sample: Sample) => number): Range => rangeOf(warm.map(count));
  return {
    ...fitCoefficients(warm, measure, names),
    samples: warm.length,
    heldOut,
    ranges: {
      events: rangeIn(({ events }) => events),
      records: rangeIn(({ records }) => records),
      rowsFresh: rangeIn(({ rowsFresh }) => rowsFresh),
      rowsUpdated: rangeIn(({ rowsUpdated }) => rowsUpdated),
      rowsWritten: rangeIn(({ rowsFresh, rowsUpdated }) => rowsFresh + rowsUpdated),
    },
  };
}

function whyTooLittle(warm: readonly Sample[]): string | null {
  if (warm.length < LEAST_SAMPLES) {
    return `only ${plural(warm.length, 'warm invocation')}, at least ${LEAST_SAMPLES} are needed`;
  }
  const [least, most] = rangeOf(warm.map(({ events }) => events));
  if (most > 0 && most >= LEAST_SPREAD * least) return null;
  const seen = [...new Set([least, most])].map((events) => events.toLocaleString('en-US')).join(' to ');
  return `all ${warm.length} warm invocations had ${seen} events, the most must be ${LEAST_SPREAD} times the least`;
}

function crossValidate(
  samples: readonly Sample[],
  measure: Measure,
  names: readonly CoefficientName[],
): FitError | null {
  const folds = assignFolds(samples, bySize(measure));
  const trials = Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const seen = samples.filter((sample) => folds.get(sample) !== fold);
    const coefficients = fitCoefficients(seen, measure, names);
    return samples
      .filter((sample) => folds.get(sample) === fold)
      .map((sample) => ({ predicted: predictMs(coefficients, sample), measured: measure(sample) }));
  });
  return errorOf(trials);
}

function rangeOf(values: readonly number[]): Range {
  return values.reduce<Range>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, 0],
  );
}

function bySize(measure: Measure): (a: Sample, b: Sample) => number {
  return (a, b) =>
    a.events - b.events ||
    a.records - b.records ||
    a.rowsFresh - b.rowsFresh ||
    a.rowsUpdated - b.rowsUpdated ||
    measure(a) - measure(b);
}

/**
 * Assigns a fold, 0 to 2, to each item. Three items that follow each other in size get three different folds, so every fold has small
 * and large ones. The order within the three is drawn, since a load that repeats its sizes in threes would otherwise put one kind into
 * a single fold. The seed is fixed and items are sorted, so their order does not matter.
 */
export function assignFolds<Item>(items: readonly Item[], compare: (a: Item, b: Item) => number): Map<Item, number> {
  const random = createRandom(SEED);
  const folds = new Map<Item, number>();
  let free: number[] = [];
  for (const item of [...items].sort(compare)) {
    if (free.length === 0) free = Array.from({ length: FOLDS }, (_, fold) => fold);
    const [fold = 0] = free.splice(random() % free.length, 1);
    folds.set(item, fold);
  }
  return folds;
}
