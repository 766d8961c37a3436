import type { RowTable } from './row-table.ts';

/** A part of the stream that one statement counts. */
export type Span = {
  readonly seconds: number;
  readonly windowSeconds: number;
  readonly eventsPerSecond: number;
};

/**
 * Rows of a span that starts at an offset from a window's start. Each window of the span has its own rows, so a window in two spans is
 * written twice. If the span is not a whole number of windows, the result is the mean over many spans.
 */
export function countRowsOfSpan(countRows: RowTable, span: Span, offsetSeconds: number): number {
  const { seconds, windowSeconds, eventsPerSecond } = span;
  const offset = offsetSeconds % windowSeconds;
  const rowsIn = (length: number): number => countRows(eventsPerSecond * length);
  if (seconds >= windowSeconds) {
    const whole = seconds / windowSeconds - 1;
    return rowsIn(windowSeconds - offset) + (whole > 0 ? whole * rowsIn(windowSeconds) : 0) + rowsIn(offset);
  }
  // This share of the spans crosses a window's end, always at the same place.
  const crossing = seconds / windowSeconds;
  const before = (windowSeconds - offset) % seconds;
  return crossing * (rowsIn(before) + rowsIn(seconds - before)) + (1 - crossing) * rowsIn(seconds);
}

/** Points of Gauss's two-point rule in an interval of length 1. */
const GAUSS = [0.5 - Math.sqrt(1 / 12), 0.5 + Math.sqrt(1 / 12)] as const;

/** Mean rows of a span that starts anywhere. */
export function countRowsOfAnySpan(countRows: RowTable, { seconds, windowSeconds, eventsPerSecond }: Span): number {
  const windows = seconds / windowSeconds;
  const cut = Math.min(seconds, windowSeconds) * eventsPerSecond;
  const whole = windows === 1 ? 0 : countRows(cut);
  // A window's end cuts the span in two at any place.
  const inTwo = countRows(cut * GAUSS[0]) + countRows(cut * GAUSS[1]);
  return windows >= 1 ? (windows - 1) * whole + inTwo : windows * inTwo + (1 - windows) * whole;
}
