import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pastWindow } from '#bench/experiments/drain.ts';

const MINUTE = 60_000;

describe('pastWindow', () => {
  it('takes the last window whose batch could have run, from its start + lag to its end + lag', () => {
    // 12:10:16.999: the window up to 12:10 is due at 12:10:17.
    const nowMs = Date.UTC(2026, 0, 31, 12, 10, 16, 999);
    const settings = { windowMs: 5 * MINUTE, boundMs: 15_000, marginMs: 2_000 };
    expect(pastWindow(settings, nowMs)).toEqual({
      startMs: Date.UTC(2026, 0, 31, 12, 0, 17),
      endMs: Date.UTC(2026, 0, 31, 12, 5, 17),
    });
    expect(pastWindow(settings, nowMs + 1).endMs).toBe(Date.UTC(2026, 0, 31, 12, 10, 17));
  });

  it('lies in the past, is a window long and as far behind a window as the lag', () => {
    const span = (most: number) => fc.integer({ min: 1, max: most });
    fc.assert(
      fc.property(span(86_400), span(3_600_000), span(60_000), span(2 ** 41), (seconds, boundMs, marginMs, nowMs) => {
        const windowMs = seconds * 1_000;
        const { startMs, endMs } = pastWindow({ windowMs, boundMs, marginMs }, nowMs);
        expect(endMs).toBeLessThanOrEqual(nowMs);
        expect(endMs - startMs).toBe(windowMs);
        expect(Math.abs((startMs - boundMs - marginMs) % windowMs)).toBe(0);
        expect(nowMs - endMs).toBeLessThan(windowMs);
      }),
    );
  });
});
