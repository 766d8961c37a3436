import { describe, expect, it } from 'vitest';
import { type MeasuredKeys, tabulateRows } from '#model/workload/keys.ts';
import { countRowsOfAnySpan, countRowsOfSpan, type Span } from '#model/workload/span-rows.ts';
import { GENERATED_KEYS } from '#model/workload/workload.ts';
import { NO_KEY_TWICE } from '../timing/one-key.ts';

/** One host and its one source: 2 rows in each window that has an event. */
const ONE_KEY: MeasuredKeys = {
  kind: 'measured',
  hosts: 1,
  byHost: [{ probability: 1, keys: 1 }],
  bySource: [{ probability: 1, keys: 1 }],
  events: 1,
};
const ONE = tabulateRows(ONE_KEY);
const NEVER_TWICE = tabulateRows(NO_KEY_TWICE);
const GENERATED = tabulateRows(GENERATED_KEYS);
const span = (seconds: number): Span => ({ seconds, windowSeconds: 300, eventsPerSecond: 10 });

describe('countRowsOfSpan', () => {
  it('writes a window twice that two spans share', () => {
    expect(countRowsOfSpan(ONE, span(300), 0)).toBe(2);
    expect(countRowsOfSpan(ONE, span(300), 17)).toBe(4); // the rest of one window, the first 17 s of the next
  });

  it('has the rows of each window that it spans', () => {
    expect(countRowsOfSpan(ONE, span(1_200), 0)).toBe(8);
    expect(countRowsOfSpan(ONE, span(1_200), 17)).toBe(10);
  });

  it('begins again with each window where the offset is longer than one', () => {
    expect(countRowsOfSpan(ONE, span(300), 617)).toBe(4);
  });

  it('crosses a window’s end once in so many spans', () => {
    expect(countRowsOfSpan(ONE, span(100), 0)).toBe(2); // three of them end with it
    expect(countRowsOfSpan(ONE, span(100), 20)).toBeCloseTo(2 + 2 / 3, 12); // one of three is cut
  });

  it('is two rows an event where no key comes twice, however it is cut', () => {
    for (const seconds of [7, 100, 300, 450, 1_200]) {
      expect(countRowsOfSpan(NEVER_TWICE, span(seconds), 17) / (20 * seconds)).toBeCloseTo(1, 3);
      expect(countRowsOfAnySpan(NEVER_TWICE, span(seconds)) / (20 * seconds)).toBeCloseTo(1, 3);
    }
  });

  it('is 0 where nothing comes', () => {
    expect(countRowsOfSpan(ONE, { ...span(300), eventsPerSecond: 0 }, 17)).toBe(0);
    expect(countRowsOfAnySpan(ONE, { ...span(300), eventsPerSecond: 0 })).toBe(0);
  });
});

describe('countRowsOfAnySpan', () => {
  it('crosses a window’s end as often as it is long', () => {
    expect(countRowsOfAnySpan(ONE, span(3))).toBeCloseTo(2 + 2 / 100, 12);
    expect(countRowsOfAnySpan(ONE, span(300))).toBeCloseTo(4, 12);
    expect(countRowsOfAnySpan(ONE, span(1_200))).toBeCloseTo(10, 12);
  });

  it('is the mean over where it may begin', () => {
    const seconds = 60;
    const ofLoad: Span = { seconds, windowSeconds: 300, eventsPerSecond: 500 };
    const STEPS = 3_000;
    let sum = 0;
    for (let step = 0; step < STEPS; step++) {
      // Begun so long before a window's end, or within it.
      const left = ((step + 0.5) / STEPS) * 300;
      const cut = Math.min(left, seconds);
      const alone = { ...ofLoad, windowSeconds: 1e9 };
      sum +=
        countRowsOfSpan(GENERATED, { ...alone, seconds: cut }, 0) +
        (cut < seconds ? countRowsOfSpan(GENERATED, { ...alone, seconds: seconds - cut }, 0) : 0);
    }
    expect(countRowsOfAnySpan(GENERATED, ofLoad) / (sum / STEPS)).toBeCloseTo(1, 2);
  });
});
