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
