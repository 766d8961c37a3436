/**
 * Epoch milliseconds as the text of a `timestamp` in UTC. Times cross the driver as text, since it would turn a Date into
 * local time; what isn't finite (no watermark yet) is null.
 */
export function toTimestamp(epochMs: number): string | null {
  return Number.isFinite(epochMs) ? new Date(epochMs).toISOString().slice(0, -1) : null;
}
