import type { Settings } from '#functions/contract.ts';

/**
 * When the events happened that the batch for a window reads, if they came without delay: from the window's start + lag to
 * its end + lag, with lag = bound + margin. Of the last window for which that is over.
 *
 * @returns epoch ms
 */
export function pastWindow(
  { windowMs, boundMs, marginMs }: Pick<Settings, 'windowMs' | 'boundMs' | 'marginMs'>,
  nowMs: number,
): { startMs: number; endMs: number } {
  const lagMs = boundMs + marginMs;
  const windowEndMs = Math.floor((nowMs - lagMs) / windowMs) * windowMs;
  return { startMs: windowEndMs - windowMs + lagMs, endMs: windowEndMs + lagMs };
}
