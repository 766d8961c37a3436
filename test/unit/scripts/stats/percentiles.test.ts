import { describe, expect, it } from 'vitest';
import { distributionOf } from '../../../../scripts/stats/percentiles.ts';

const weighted = (...pairs: [value: number, weight: number][]) => pairs.map(([value, weight]) => ({ value, weight }));

describe('distributionOf', () => {
  it.each([
    // Ranks of 100: 50, 95, 99. Weights up to each value: 50, 95, 99, 100.
    ['ranks that are the last of a value', weighted([1, 50], [2, 45], [3, 4], [4, 1]), [1, 2, 3, 4, 100]],
    // Weights up to each value: 49, 94, 98, 100.
    ['ranks that are the first of a value', weighted([1, 49], [2, 45], [3, 4], [4, 2]), [2, 3, 4, 4, 100]],
    // Ranks of 3: ceil(1.5) = 2, ceil(2.85) = 3, ceil(2.97) = 3.
    ['ranks between values', weighted([10, 1], [20, 1], [30, 1]), [20, 30, 30, 30, 3]],
    ['values without an order', weighted([30, 1], [-10, 1], [20, 1]), [20, 30, 30, 30, 3]],
    ['a value that comes twice', weighted([7, 1], [9, 1], [7, 2]), [7, 9, 9, 9, 4]],
    ['one value', weighted([42, 1]), [42, 42, 42, 42, 1]],
    ['one value of a great weight', weighted([42, 1_000_000]), [42, 42, 42, 42, 1_000_000]],
    ['values that nobody saw', weighted([1, 0], [5, 2], [9, 0]), [5, 5, 5, 5, 2]],
    ['tenths of a millisecond', weighted([1.23, 1], [4.56, 1]), [1.2, 4.6, 4.6, 4.6, 2]],
  ])('takes the nearest rank of %s', (_name, values, [p50, p95, p99, max, count]) => {
    expect(distributionOf(values)).toEqual({ p50, p95, p99, max, count });
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
