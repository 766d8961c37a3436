import type { Settings } from '#functions/contract.ts';

/** When a batch reads up to: from a time, epoch ms, to the first cut-off after it. */
export type CutOffs = (afterMs: number) => number;

/** Live: at every window's end + bound + margin. */
export function dueWindows({ windowMs, boundMs, marginMs }: Settings): CutOffs {
  const lagMs = boundMs + marginMs;
  return (afterMs) => (Math.floor((afterMs - lagMs) / windowMs) + 1) * windowMs + lagMs;
}

/**
 * In a paced replay: as often as a window of the log passes, though no more than once a second.
 *
 * @param startMs the replay's start, epoch ms
 */
export function passingWindows(startMs: number, windowMs: number, speed: number): CutOffs {
  const everyMs = Math.max(1_000, windowMs / speed);
  return (afterMs) => startMs + (Math.floor((afterMs - startMs) / everyMs) + 1) * everyMs;
}

/** None while the load goes on. */
export const noCutOff: CutOffs = () => Number.POSITIVE_INFINITY;
