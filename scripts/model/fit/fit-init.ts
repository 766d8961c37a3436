import type { Path } from '#functions/contract.ts';
import { medianOf } from '../statistics/ranks.ts';
import { errorOf, type FitError } from './fit-error.ts';

/** INIT of each environment that the platform reported, ms. */
export type PathInits = Readonly<Record<Path, readonly number[]>>;

export type InitFit = {
  readonly ms: number;
  /** Error of each cold start, predicted from all others. */
  readonly heldOut: FitError;
};

/** Least number of cold starts, since two do not tell how far a third may lie off. */
const LEAST_COLD_STARTS = 3;

/**
 * Fits the billed INIT of a cold start as a median. It takes the batch's cold starts, as only those are priced; if they are too few,
 * those of both functions, which share all code except the stream client.
 *
 * @returns null if there are too few cold starts in all
 */
export function fitInit({ microBatch, scheduledBatch }: PathInits): InitFit | null {
  const inits = scheduledBatch.length >= LEAST_COLD_STARTS ? scheduledBatch : [...scheduledBatch, ...microBatch];
  if (inits.length < LEAST_COLD_STARTS) return null;
  const heldOut = errorOf(
    inits.map((measured, at) => ({ measured, predicted: medianOf(inits.filter((_, other) => other !== at)) })),
  );
  return heldOut === null ? null : { ms: medianOf(inits), heldOut };
}
