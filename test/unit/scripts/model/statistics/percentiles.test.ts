import { describe, expect, it } from 'vitest';
import { distributionOf, quantilesOf } from '#model/statistics/percentiles.ts';

const weighted = (...pairs: [value: number, weight: number][]) => pairs.map(([value, weight]) => ({ value, weight }));

describe('distributionOf', () => {
  it.each([
    // Ranks of 100: 50, 95, 99. Weights up to each value: 50, 95, 99, 100. Mean: (50 + 90 + 12 + 4) / 100 = 1.56.
    ['ranks that are the last of a value', weighted([1, 50], [2, 45], [3, 4], [4, 1]), [1, 2, 3, 4, 1.6, 100]],
    // Weights up to each value: 49, 94, 98, 100. Mean: (49 + 90 + 12 + 8) / 100 = 1.59.
    ['ranks that are the first of a value', weighted([1, 49], [2, 45], [3, 4], [4, 2]), [2, 3, 4, 4, 1.6, 100]],
    // Ranks of 3: ceil(1.5) = 2, ceil(2.85) = 3, ceil(2.97) = 3.
    ['ranks between values', weighted([10, 1], [20, 1], [30, 1]), [20, 30, 30, 30, 20, 3]],
    ['values without an order', weighted([30, 1], [-10, 1], [20, 1]), [20, 30, 30, 30, 13.3, 3]],
    ['a value that comes twice', weighted([7, 1], [9, 1], [7, 2]), [7, 9, 9, 9, 7.5, 4]],
    ['one value', weighted([42, 1]), [42, 42, 42, 42, 42, 1]],
    ['one value of a great weight', weighted([42, 1_000_000]), [42, 42, 42, 42, 42, 1_000_000]],
    ['values that nobody saw', weighted([1, 0], [5, 2], [9, 0]), [5, 5, 5, 5, 5, 2]],
    ['tenths of a millisecond', weighted([1.23, 1], [4.56, 1]), [1.2, 4.6, 4.6, 4.6, 2.9, 2]],
  ])('takes the nearest rank of %s', (_name, values, [p50, p95, p99, max, mean, count]) => {
    expect(distributionOf(values)).toEqual({ p50, p95, p99, max, mean, count });
  });

  it('weighs its mean: nine of 1 and one of 101 are 11 in the mean', () => {
    expect(distributionOf(weighted([101, 1], [1, 9]))?.mean).toBe(11);
  });

  it.each([
    ['nothing', []],
    ['zero weights only', weighted([1, 0], [2, 0])],
  ])('is null for %s', (_name, values) => {
    expect(distributionOf(values)).toBeNull();
  });

  it('leaves the values as they were', () => {
    const values = weighted([3, 1], [1, 1]);
    distributionOf(values);
    expect(values).toEqual(weighted([3, 1], [1, 1]));
  });
});

describe('quantilesOf', () => {
  it.each([
    // Ranks of 4 at 0, 25, 50, 75, 100 %: 0 (so the first), 1, 2, 3, 4.
    ['from the least to the greatest', weighted([40, 1], [10, 1], [30, 1], [20, 1]), 5, [10, 10, 20, 30, 40]],
    // Ranks of 10 at 0, 50, 100 %: the first, 5, 10. Weights up to each value: 5, 6, 10.
    ['by weight', weighted([1, 5], [2, 1], [3, 4]), 3, [1, 1, 3]],
    ['of one value', weighted([7, 3]), 3, [7, 7, 7]],
    ['as the two ends', weighted([5, 1], [2, 1], [9, 1]), 2, [2, 9]],
    ['to tenths', weighted([1.26, 1]), 2, [1.3, 1.3]],
    ['of what was seen', weighted([1, 0], [5, 2], [9, 0]), 2, [5, 5]],
    ['of nothing', [], 101, []],
  ])('takes values %s', (_name, values, quantiles, expected) => {
    expect(quantilesOf(values, quantiles)).toEqual(expected);
  });

  it('takes no rank too high where a share is no binary fraction: of 1 to 100, the 7th of a hundred is 7', () => {
    const quantiles = quantilesOf(
      weighted(...Array.from({ length: 100 }, (_, i): [number, number] => [i + 1, 1])),
      101,
    );
    expect(quantiles).toEqual([1, ...Array.from({ length: 100 }, (_, i) => i + 1)]);
  });

  it('agrees with the percentiles of a distribution', () => {
    const values = Array.from({ length: 1_000 }, (_, i) => ({ value: (i * 7_919) % 1_000, weight: 1 + (i % 3) }));
    const quantiles = quantilesOf(values, 101);
    const { p50, p95, p99, max } = distributionOf(values) ?? {};
    expect([quantiles[50], quantiles[95], quantiles[99], quantiles[100]]).toEqual([p50, p95, p99, max]);
  });
});
