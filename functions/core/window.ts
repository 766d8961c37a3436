import { lagMs, type Settings } from './settings.ts';

/**
 * The start of the tumbling window that holds an event: epoch-aligned, start inclusive, correct before 1970 too.
 *
 * @param eventTimeMs epoch milliseconds, whole
 * @param windowMs the window's size in milliseconds, whole
 */
export function windowStartMs(eventTimeMs: number, windowMs: number): number {
  const intoWindowMs = eventTimeMs % windowMs;
  return eventTimeMs - (intoWindowMs < 0 ? intoWindowMs + windowMs : intoWindowMs);
}

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

type BatchSettings = Pick<Settings, 'windowMs' | 'boundMs' | 'marginMs'>;

/**
 * Whether a window has become due between the tick before and this one: its end + bound + margin has passed.
 *
 * @param scheduledMs the tick's nominal time, epoch ms (not the time at which the function came to run)
 * @param tickMs the distance between ticks
 */
export function isDue(scheduledMs: number, tickMs: number, settings: BatchSettings): boolean {
  return windowsDueBy(scheduledMs, settings) > windowsDueBy(scheduledMs - tickMs, settings);
}

/** Up to which arrival a run that was scheduled for `scheduledMs` reads, exclusive, epoch ms: the last due window's end + lag. */
export function dueCutOffMs(scheduledMs: number, settings: BatchSettings): number {
  return windowsDueBy(scheduledMs, settings) * settings.windowMs + lagMs(settings);
}

function windowsDueBy(timeMs: number, settings: BatchSettings): number {
  return Math.floor((timeMs - lagMs(settings)) / settings.windowMs);
}
