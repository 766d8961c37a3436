import { describe, expect, it } from 'vitest';
import { dueWindows, noCutOff, passingWindows } from '#bench/run/batch-caller.ts';
import { SETTINGS } from '#test/support/settings.ts';

describe('dueWindows', () => {
  it.each([
    [0, 3_000],
    [3_000, 8_000],
    [7_999, 8_000],
    [8_000, 13_000],
    [12_345, 13_000],
  ])('after %i ms is at the next end + bound + margin', (afterMs, expected) => {
    const cutOffs = dueWindows({ ...SETTINGS, windowMs: 5_000, boundMs: 2_000, marginMs: 1_000 });
    expect(cutOffs(afterMs)).toBe(expected);
  });
});

describe('passingWindows', () => {
  it("goes by the replay's start and speed", () => {
    const cutOffs = passingWindows(500, 300_000, 60); // a window of the log passes in 5 s
    expect([500, 5_499, 5_500].map(cutOffs)).toEqual([5_500, 5_500, 10_500]);
  });

  it('comes once a second at most', () => {
    expect(passingWindows(500, 300_000, 1e9)(500)).toBe(1_500);
  });
});

describe('noCutOff', () => {
  it('never comes', () => {
    expect(noCutOff(0)).toBe(Number.POSITIVE_INFINITY);
  });
});
