/** A shard that has carried no counted event yet. */
export const NO_WATERMARK = Number.NEGATIVE_INFINITY;

/**
 * A shard's watermark after one more event: the greatest of min(event time, arrival time) so far, less the bound.
 * The arrival caps the event time, so that a producer's fast clock can't close windows early.
 */
export function advanceWatermark(watermarkMs: number, eventTimeMs: number, arrivalMs: number, boundMs: number): number {
  return Math.max(watermarkMs, Math.min(eventTimeMs, arrivalMs) - boundMs);
}

/** An event is late when its window had ended by its shard's watermark as it stood before the event. */
export function isLate(windowEndMs: number, watermarkMs: number): boolean {
  return windowEndMs <= watermarkMs;
}
