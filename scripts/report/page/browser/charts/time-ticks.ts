import { shortSpan } from '#report/page/describe-choice.ts';

const SPANS_SECONDS = [0.001, 0.01, 0.1, 1, 10, 60, 600, 3_600, 21_600, 86_400, 604_800];

/** Round spans of time inside a range, s: seconds, minutes and hours rather than powers of ten. */
export function spanTicks([from, to]: readonly [number, number]): number[] {
  return SPANS_SECONDS.filter((span) => span >= from && span <= to);
}

/** Windows that people have, for an axis up to a day. */
const WINDOW_TICKS = [60, 300, 900, 3_600, 14_400, 86_400];
const FEW_WINDOW_TICKS = [60, 300, 3_600, 86_400];
const FEWEST_WINDOW_TICKS = [60, 3_600, 86_400];

/** @param width px, without what stands beside the axis' end */
export function windowTicks(width: number): number[] {
  if (width < 240) return FEWEST_WINDOW_TICKS;
  return width < 500 ? FEW_WINDOW_TICKS : WINDOW_TICKS;
}

export function formatTick(seconds: number): string {
  return shortSpan(seconds);
}
