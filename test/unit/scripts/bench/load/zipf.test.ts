import { describe, expect, it } from 'vitest';
import { createZipf } from '#bench/load/generator.ts';

describe('createZipf', () => {
  // Four ranks, exponent 1: weights 1, 1/2, 1/3, 1/4 add up to 25/12, so the shares are 12/25, 6/25, 4/25, 3/25.
  it.each([
    [0, 0],
    [0.4799, 0],
    [0.4801, 1],
    [0.7199, 1],
    [0.7201, 2],
    [0.8799, 2],
    [0.8801, 3],
    [0.9999, 3],
  ])('maps %d to rank %d of four with exponent 1', (unit, rank) => {
    expect(createZipf(4, 1)(unit)).toBe(rank);
  });

  it('is uniform with exponent 0', () => {
    const pick = createZipf(4, 0);
    expect([0, 0.26, 0.51, 0.76].map(pick)).toEqual([0, 1, 2, 3]);
  });

  it('has one rank to give when there is one', () => {
    expect(createZipf(1, 1)(0.999_999)).toBe(0);
  });
});
