import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowStartMs } from '#functions/core/window.ts';

const MINUTE_MS = 60_000;

describe('windowStartMs', () => {
  it.each([
    [0, 5 * MINUTE_MS, 0],
    [1, 5 * MINUTE_MS, 0],
    [5 * MINUTE_MS - 1, 5 * MINUTE_MS, 0],
    [5 * MINUTE_MS, 5 * MINUTE_MS, 5 * MINUTE_MS],
    [-1, 5 * MINUTE_MS, -5 * MINUTE_MS],
    [-5 * MINUTE_MS, 5 * MINUTE_MS, -5 * MINUTE_MS],
    [-5 * MINUTE_MS - 1, 5 * MINUTE_MS, -10 * MINUTE_MS],
    [6 * MINUTE_MS, 7 * MINUTE_MS, 0],
    [7 * MINUTE_MS, 7 * MINUTE_MS, 7 * MINUTE_MS],
    [-1, 7 * MINUTE_MS, -7 * MINUTE_MS],
    [60 * MINUTE_MS, 7 * MINUTE_MS, 56 * MINUTE_MS], // aligned to the epoch, not to the hour
    [999, 1000, 0],
  ])('puts %d ms into the %d ms window that starts at %d', (eventTimeMs, windowMs, startMs) => {
    expect(windowStartMs(eventTimeMs, windowMs)).toBe(startMs);
  });

  it('starts at or before the event, ends after it, and is aligned to the epoch', () => {
    const times = fc.integer({ min: -62_135_510_400_000, max: 253_402_300_799_999 });
    const sizes = fc.integer({ min: 1, max: 86_400 }).map((seconds) => seconds * 1000);
    fc.assert(
      fc.property(times, sizes, (eventTimeMs, windowMs) => {
        const startMs = windowStartMs(eventTimeMs, windowMs);
        expect(startMs).toBeLessThanOrEqual(eventTimeMs);
        expect(startMs + windowMs).toBeGreaterThan(eventTimeMs);
        expect(Math.abs(startMs % windowMs)).toBe(0);
      }),
    );
  });
});
