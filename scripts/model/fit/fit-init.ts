import type { Path } from '#functions/contract.ts';
import { medianOf } from '../statistics/ranks.ts';
import { errorOf, type FitError } from './fit-error.ts';

/** INIT of each environment that the platform reported to have started, ms. */
export type PathInits = Readonly<Record<Path, readonly number[]>>;

export type InitFit = {
  readonly ms: number;
  /** Of each cold start, predicted from all others. */
  readonly heldOut: FitError;
};

/** How far two lie apart says little of a third. */
const LEAST_COLD_STARTS = 3;

/**
 * What a cold start is billed for INIT, as the median: of the batch's, which alone are priced, or of both functions' where those are
 * too few. They run the same code but for the client of the stream. Null where all are too few.
 */
export function fitInit({ microBatch, scheduledBatch }: PathInits): InitFit | null {
  const inits = scheduledBatch.length >= LEAST_COLD_STARTS ? scheduledBatch : [...scheduledBatch, ...microBatch];
  if (inits.length < LEAST_COLD_STARTS) return null;
  const heldOut = errorOf(
    inits.map((measured, at) => ({ measured, predicted: medianOf(inits.filter((_, other) => other !== at)) })),
  );
  return heldOut === null ? null : { ms: medianOf(inits), heldOut };
}
