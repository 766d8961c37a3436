import { lagMs, type Settings } from './settings.ts';

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
