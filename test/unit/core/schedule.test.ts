import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueCutOffMs, isDue } from '#functions/core/window.ts';
import { tickCron, tickMinutes } from '#infra/scheduled-batch/ticks.ts';
import { MINUTE_MS, NOON_MS } from '#test/support/records.ts';

const HOUR_MS = 60 * MINUTE_MS;
const LAG = { boundMs: 15_000, marginMs: 2_000 };

/** The times at which the stack's cron expression fires from one time on, as AWS reads it: every minute that it names. */
function ticks(windowSeconds: number, lagSeconds: number, fromMs: number, toMs: number): number[] {
  const [, first, step] = /^cron\((\d+)(?:\/(\d+))? \* \* \* \? \*\)$/.exec(tickCron(windowSeconds, lagSeconds)) ?? [];
  const times: number[] = [];
  for (let hourMs = Math.floor(fromMs / HOUR_MS) * HOUR_MS; hourMs < toMs; hourMs += HOUR_MS) {
    for (let minute = Number(first); minute < 60; minute += Number(step ?? 60)) times.push(hourMs + minute * MINUTE_MS);
  }
  return times.filter((timeMs) => timeMs >= fromMs && timeMs < toMs);
}

describe('isDue', () => {
  const settings = { windowMs: 5 * MINUTE_MS, ...LAG };

  it.each([
    ['at the end of the window itself', 0, false],
    ['a millisecond before end + bound + margin', 16_999, false],
    ['at end + bound + margin', 17_000, true],
    ['at the first tick behind it', MINUTE_MS, true],
    ['at the second', 2 * MINUTE_MS, false],
  ])('%s, %d ms behind the end: %s', (_, behindMs, due) => {
    expect(isDue(NOON_MS + behindMs, MINUTE_MS, settings)).toBe(due);
  });
});

describe('dueCutOffMs', () => {
  it.each([
    ['a window that has just become due', 17_000, 17_000],
    ['one that became due four minutes ago', 4 * MINUTE_MS, 17_000],
    ['the one before, while the last is not due yet', 16_999, -5 * MINUTE_MS + 17_000],
  ])('is end + bound + margin of %s', (_, behindMs, expectedMs) => {
    expect(dueCutOffMs(NOON_MS + behindMs, { windowMs: 5 * MINUTE_MS, ...LAG }) - NOON_MS).toBe(expectedMs);
  });

  it('is the same for every tick until the next window is due, so that a run that comes late reads no further', () => {
    const settings = { windowMs: 7 * MINUTE_MS, ...LAG };
    const ends = Array.from({ length: 7 }, (_, minute) => dueCutOffMs(NOON_MS + minute * MINUTE_MS, settings));
    // Noon of 2026-01-31 is 2 minutes into its window of 7, which ends at 12:05.
    expect(ends.map((end) => (end - NOON_MS - 17_000) / MINUTE_MS)).toEqual([-2, -2, -2, -2, -2, -2, 5]);
  });
});

describe('the ticks of the stack', () => {
  it.each([5, 7, 60, 90])(
    'make each window of %i minutes due exactly once in a week, as soon as a tick can',
    (minutes) => {
      const settings = { windowMs: minutes * MINUTE_MS, ...LAG };
      const tickMs = tickMinutes(minutes * 60) * MINUTE_MS;
      const fromMs = NOON_MS;
      const toMs = NOON_MS + 7 * 24 * HOUR_MS;

      const dueAt = ticks(minutes * 60, 17, fromMs, toMs).filter((timeMs) => isDue(timeMs, tickMs, settings));

      const cutOffs = dueAt.map((timeMs) => dueCutOffMs(timeMs, settings));
      const firstMs = cutOffs[0] as number;
      expect(cutOffs).toEqual(cutOffs.map((_, i) => firstMs + i * settings.windowMs));
      expect(cutOffs.length).toBe(Math.floor((toMs - 1 - firstMs) / settings.windowMs) + 1);
      expect(firstMs - fromMs).toBeLessThanOrEqual(settings.windowMs);
      // By hand: 17 s behind a whole minute, so 43 s until the next tick, whatever the window.
      expect(new Set(dueAt.map((timeMs, i) => timeMs - (cutOffs[i] as number)))).toEqual(new Set([43_000]));
    },
  );

  it('let every window become due exactly once, whatever its size and lag', () => {
    const sizes = fc.integer({ min: 1, max: 86_400 });
    const lags = fc.integer({ min: 0, max: 7_200 });
    fc.assert(
      fc.property(sizes, lags, fc.integer({ min: 0, max: 10_000_000 }), (windowSeconds, lagSeconds, fromMinute) => {
        const settings = { windowMs: windowSeconds * 1000, boundMs: lagSeconds * 1000, marginMs: 0 };
        const tickMs = tickMinutes(windowSeconds) * MINUTE_MS;
        const fromMs = fromMinute * MINUTE_MS;
        const times = ticks(windowSeconds, lagSeconds, fromMs, fromMs + Math.max(3 * settings.windowMs, 3 * HOUR_MS));
        let readUpTo = dueCutOffMs((times[0] as number) - tickMs, settings);
        for (const timeMs of times) {
          const next = dueCutOffMs(timeMs, settings);
          // Due exactly where there is something new; what is due has passed; a window of a tick or more comes alone.
          expect(isDue(timeMs, tickMs, settings)).toBe(next > readUpTo);
          expect(timeMs).toBeGreaterThanOrEqual(next);
          if (settings.windowMs >= tickMs) expect(next - readUpTo).toBeLessThanOrEqual(settings.windowMs);
          readUpTo = next;
        }
      }),
      { numRuns: 50 },
    );
  });
});
