import { describe, expect, it } from 'vitest';
import { bothTailsBeyond, criticalT } from '#model/statistics/student-t.ts';

describe('criticalT', () => {
  it.each([
    // As printed tables of Student's t have them, two-sided.
    [0.05, 1, 12.706],
    [0.05, 10, 2.228],
    [0.01, 1, 63.657],
    [0.01, 2, 9.925],
    [0.01, 3, 5.841],
    [0.01, 4, 4.604],
    [0.01, 9, 3.25],
    [0.01, 18, 2.878],
    [0.01, 120, 2.617],
    [0.001, 1, 636.619],
    [0.001, 5, 6.869],
    [0.001, 9, 4.781],
    [0.001, 18, 3.922],
    [0.5, 4, 0.741],
  ])('leaves a share of %d beyond, with a freedom of %d, at %d', (share, freedom, t) => {
    expect(criticalT(share, freedom)).toBeCloseTo(t, 3);
  });

  it('is the tangent for a freedom of 1, where the distribution is that of Cauchy', () => {
    for (const share of [0.9, 0.1, 1e-3, 1e-6]) {
      const t = Math.tan(Math.PI * (0.5 - share / 2));
      expect(criticalT(share, 1) / t).toBeCloseTo(1, 9);
    }
  });

  it('has a closed form for a freedom of 2', () => {
    for (const share of [0.9, 0.1, 1e-3, 1e-6]) {
      const t = (2 * (0.5 - share / 2)) / Math.sqrt(2 * (1 - share / 2) * (share / 2));
      expect(criticalT(share, 2) / t).toBeCloseTo(1, 9);
    }
  });

  it('nears the normal distribution as the freedom grows', () => {
    expect(criticalT(0.01, 1e6)).toBeCloseTo(2.5758, 3);
  });

  it('takes a freedom between whole numbers', () => {
    const t = criticalT(0.01, 4.5);
    expect(t).toBeLessThan(criticalT(0.01, 4));
    expect(t).toBeGreaterThan(criticalT(0.01, 5));
  });
});

describe('bothTailsBeyond', () => {
  it('is everything at 0, and what the critical value was asked for', () => {
    expect(bothTailsBeyond(0, 3)).toBe(1);
    for (const freedom of [0.7, 1, 3.3, 18, 400]) {
      for (const share of [0.8, 0.05, 2e-4]) {
        expect(bothTailsBeyond(criticalT(share, freedom), freedom) / share).toBeCloseTo(1, 8);
      }
    }
  });

  it('is the same on either side', () => {
    expect(bothTailsBeyond(-2, 7)).toBe(bothTailsBeyond(2, 7));
  });
});
