import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceWatermark, isLate, NO_WATERMARK, windowStartMs } from '#functions/core/window.ts';

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

const BOUND_MS = 15_000;

describe('advanceWatermark', () => {
  it.each([
    ['starts at the first event, less the bound', NO_WATERMARK, 100_000, 100_050, 85_000],
    ['goes up with a later event', 85_000, 101_000, 101_050, 86_000],
    ['stays where an earlier event comes', 85_000, 90_000, 101_000, 85_000],
    ["goes no further than the arrival where a producer's clock is fast", 85_000, 400_000, 101_000, 86_000],
    ['stays where a fast clock meets an arrival that lies behind it', 85_000, 400_000, 99_000, 85_000],
    ['is right before 1970', NO_WATERMARK, -5, 0, -15_005],
  ])('%s', (_, beforeMs, eventTimeMs, arrivalMs, afterMs) => {
    expect(advanceWatermark(beforeMs, eventTimeMs, arrivalMs, BOUND_MS)).toBe(afterMs);
  });
});

describe('isLate', () => {
  it.each([
    [300_000, 299_999, false],
    [300_000, 300_000, true],
    [300_000, 300_001, true],
    [300_000, NO_WATERMARK, false],
    [0, -1, false],
    [0, 0, true],
  ])('of a window that ended at %d under a watermark of %d: %s', (windowEndMs, watermarkMs, late) => {
    expect(isLate(windowEndMs, watermarkMs)).toBe(late);
  });
});
