import { lagMs, type Settings } from './settings.ts';

/**
 * Start of the tumbling window that holds an event, inclusive. Windows are aligned to the epoch, also before 1970.
 *
 * @param eventTimeMs epoch milliseconds, whole
 * @param windowMs the window's size in milliseconds, whole
 */
export function windowStartMs(eventTimeMs: number, windowMs: number): number {
  const intoWindowMs = eventTimeMs % windowMs;
  return eventTimeMs - (intoWindowMs < 0 ? intoWindowMs + windowMs : intoWindowMs);
}

/** Watermark of a shard without a counted event. */
export const NO_WATERMARK = Number.NEGATIVE_INFINITY;

/**
 * A shard's watermark after one more event: the maximum of min(event time, arrival time) so far, minus the bound.
 * The arrival time caps the event time, so that a producer's fast clock can't close windows early.
 */
export function advanceWatermark(watermarkMs: number, eventTimeMs: number, arrivalMs: number, boundMs: number): number {
  return Math.max(watermarkMs, Math.min(eventTimeMs, arrivalMs) - boundMs);
}

/** An event is late if its window ended at or before its shard's watermark, as it was before the event. */
export function isLate(windowEndMs: number, watermarkMs: number): boolean {
  return windowEndMs <= watermarkMs;
}

type BatchSettings = Pick<Settings, 'windowMs' | 'boundMs' | 'marginMs'>;

/**
 * Whether a window became due since the previous tick. A window is due once its end + bound + margin has passed.
 *
 * @param scheduledMs the tick's scheduled time, epoch ms; the function itself may start later
 * @param tickMs time between ticks, ms
 */
export function isDue(scheduledMs: number, tickMs: number, settings: BatchSettings): boolean {
  return windowsDueBy(scheduledMs, settings) > windowsDueBy(scheduledMs - tickMs, settings);
}

/** End of the arrivals that a scheduled run reads, exclusive, epoch ms: the end of the last due window plus the lag. */
export function dueCutOffMs(scheduledMs: number, settings: BatchSettings): number {
  return windowsDueBy(scheduledMs, settings) * settings.windowMs + lagMs(settings);
}

function windowsDueBy(timeMs: number, settings: BatchSettings): number {
  return Math.floor((timeMs - lagMs(settings)) / settings.windowMs);
}
