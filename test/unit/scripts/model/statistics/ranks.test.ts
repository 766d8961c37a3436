import { describe, expect, it } from 'vitest';
import { medianOf, nearestRanks } from '#model/statistics/ranks.ts';

describe('medianOf', () => {
  it.each([
    ['the middle one', [9, 1, 4], 4],
    ['the mean of the middle two', [9, 1, 4, 7], 5.5],
    ['0 of nothing', [], 0],
  ])('is %s', (_, values, median) => {
    expect(medianOf(values)).toBe(median);
  });
});

describe('nearestRanks', () => {
  it('are values that are there', () => {
    // ranks ceil(0.5 × 4) = 2, ceil(0.95 × 4) = 4 and 4 of 1, 4, 7, 9
    expect(nearestRanks([9, 1, 4, 7], [0.5, 0.95, 1])).toEqual([4, 9, 9]);
  });

  it('are none of nothing', () => {
    expect(nearestRanks([], [0.5])).toEqual([]);
  });
});
