import { describe, expect, it } from 'vitest';
import { fitInit } from '#model/fit/fit-init.ts';

const initOf = (scheduledBatch: number[], microBatch: number[] = []) => fitInit({ microBatch, scheduledBatch });

describe('fitInit', () => {
  it("is the median of the batch's cold starts, with the error of each predicted from the others", () => {
    // 400 from 500 and 600: 550, off by 37.5 %; 500 from 400 and 600: right; 600 from 400 and 500: 450, off by 25 %.
    expect(initOf([600, 400, 500])).toEqual({ ms: 500, heldOut: { median: 0.25, p95: 0.375, total: 0, count: 3 } });
  });

  it("leaves the micro-batch path's alone while those are enough", () => {
    expect(initOf([500, 500, 500], [100, 100, 100, 100])).toMatchObject({ ms: 500, heldOut: { median: 0, count: 3 } });
  });

  it("takes both functions' together where the batch started cold too seldom", () => {
    // 300 from 500 and 600: 550, off by 250 of 300; 500 from 300 and 600: 450, by 50; 600 from 300 and 500: 400, by 200.
    expect(initOf([500, 600], [300])).toMatchObject({
      ms: 500,
      heldOut: { median: 200 / 600, p95: 250 / 300, total: 0, count: 3 },
    });
  });

  it.each([
    ['none', [], []],
    ['one', [500], []],
    ['two, one a function', [500], [500]],
  ] as [string, number[], number[]][])('makes nothing of %s', (_, scheduledBatch, microBatch) => {
    expect(initOf(scheduledBatch, microBatch)).toBeNull();
  });
});
