import type { RowTable } from './row-table.ts';

/** A stretch of the stream that one statement counts. */
export type Span = {
  readonly seconds: number;
  readonly windowSeconds: number;
  readonly eventsPerSecond: number;
};

/**
 * Rows of a span that begins so long after a window's start. Keys of each window that it touches are rows of their own, so a window
 * that lies in two spans is written twice. A span that is no whole number of windows stands for the mean of many.
 */
export function countRowsOfSpan(countRows: RowTable, span: Span, offsetSeconds: number): number {
  const { seconds, windowSeconds, eventsPerSecond } = span;
  const offset = offsetSeconds % windowSeconds;
  const rowsIn = (length: number): number => countRows(eventsPerSecond * length);
  if (seconds >= windowSeconds) {
    const whole = seconds / windowSeconds - 1;
    return rowsIn(windowSeconds - offset) + (whole > 0 ? whole * rowsIn(windowSeconds) : 0) + rowsIn(offset);
  }
  // One of so many spans crosses a window's end, there.
  const crossing = seconds / windowSeconds;
  const before = (windowSeconds - offset) % seconds;
  return crossing * (rowsIn(before) + rowsIn(seconds - before)) + (1 - crossing) * rowsIn(seconds);
}

/** Places of Gauss's rule of two points in an interval of length 1. */
const GAUSS = [0.5 - Math.sqrt(1 / 12), 0.5 + Math.sqrt(1 / 12)] as const;

/** Rows of a span that begins anywhere, in the mean. */
export function countRowsOfAnySpan(countRows: RowTable, { seconds, windowSeconds, eventsPerSecond }: Span): number {
  const windows = seconds / windowSeconds;
  const cut = Math.min(seconds, windowSeconds) * eventsPerSecond;
  const whole = windows === 1 ? 0 : countRows(cut);
  // Cut in two at a place that may be anywhere.
  const inTwo = countRows(cut * GAUSS[0]) + countRows(cut * GAUSS[1]);
  return windows >= 1 ? (windows - 1) * whole + inTwo : windows * inTwo + (1 - windows) * whole;
}
