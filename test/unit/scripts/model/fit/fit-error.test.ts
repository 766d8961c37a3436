import { describe, expect, it } from 'vitest';
import { errorOf, shareOff } from '#model/fit/fit-error.ts';

const predictions = (...pairs: [predicted: number, measured: number][]) =>
  pairs.map(([predicted, measured]) => ({ predicted, measured }));

describe('errorOf', () => {
  it('gives median, p95 and total as shares of what was measured', () => {
    // Off by 10 %, 50 %, 0 %, 100 %; 110 + 5 + 40 + 20 = 175 predicted, 100 + 10 + 40 + 10 = 160 measured.
    expect(errorOf(predictions([110, 100], [5, 10], [40, 40], [20, 10]))).toEqual({
      median: expect.closeTo(0.1, 12), // rank ceil(0.5 × 4) = 2 of 0, 0.1, 0.5, 1
      p95: 1, // rank ceil(0.95 × 4) = 4
      total: 15 / 160,
      count: 4,
    });
  });

  it('takes the 19th of 20 for the 95th percentile', () => {
    const twenty = Array.from({ length: 20 }, (_, i): [number, number] => [100 + i, 100]);
    expect(errorOf(predictions(...twenty))?.p95).toBeCloseTo(0.18, 12);
  });

  it('lets errors of either sign make up for each other in the total alone', () => {
    expect(errorOf(predictions([50, 100], [150, 100]))).toEqual({ median: 0.5, p95: 0.5, total: 0, count: 2 });
  });

  it.each([
    ['nothing', []],
    ['nothing that was measured above 0', predictions([1, 0])],
  ])('says nothing of %s', (_, given) => {
    expect(errorOf(given)).toBeNull();
  });
});

describe('shareOff', () => {
  it.each([
    [0.06, 0.02, 0.06],
    [0.06, 0.11, 0.11],
  ])('is the greater of the median, %d, and the total, %d', (median, total, share) => {
    expect(shareOff({ median, p95: 0.9, total, count: 40 })).toBe(share);
  });
});
