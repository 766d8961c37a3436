import { describe, expect, it } from 'vitest';
import { type Caution, estimateNoise } from '../../../../scripts/compare/noise.ts';
import { once, type Reading } from '../../../../scripts/compare/reading.ts';

const AT_99_PERCENT: Caution = { share: 0.01, drift: 0, unseen: 0 };

function repeated(...repeats: number[]): Reading {
  return { value: repeats.reduce((sum, each) => sum + each, 0) / repeats.length, repeats, slices: [] };
}

function sliced(value: number, slices: (number | null)[]): Reading {
  return { value, repeats: [], slices };
}

describe('estimateNoise', () => {
  it('is half of Welch’s interval where both were repeated, of the logarithms', () => {
    // In units of ln 2: variances 1 and 1, so 1/3 + 1/3 and a freedom of 4: 4.604 × 0.8165 × ln 2 = 2.6056, a factor of 13.54.
    const noise = estimateNoise(repeated(8, 16, 32), repeated(64, 128, 256), AT_99_PERCENT);
    expect(noise.from).toBe('repeats');
    expect(noise.amount / ((8 + 16 + 32) / 3)).toBeCloseTo(12.54, 2);
  });

  it('is smaller downwards, since nothing falls below 0', () => {
    const { amount } = estimateNoise(repeated(64, 128, 256), repeated(8, 16, 32), AT_99_PERCENT);
    expect(amount / ((64 + 128 + 256) / 3)).toBeCloseTo(1 - 1 / 13.54, 3);
  });

  it('takes the freedom after Welch and Satterthwaite where they scatter differently', () => {
    // In units of ln 2: variances 1 and 25, so 1/3 + 25/3; (26/3)² / ((1/3)² / 2 + (25/3)² / 2) = 2.16: between the t of 2 and 3.
    const { amount } = estimateNoise(repeated(1, 2, 4), repeated(1, 32, 1_024), AT_99_PERCENT);
    const t = Math.log1p(amount / (7 / 3)) / (Math.sqrt(26 / 3) * Math.LN2);
    expect(t).toBeGreaterThan(5.841);
    expect(t).toBeLessThan(9.925);
  });

  it('is half the drift at least where both were repeated, since repeats share the hour', () => {
    const caution = { ...AT_99_PERCENT, drift: 0.1 };
    const base = repeated(100, 100, 100);
    expect(estimateNoise(base, repeated(110, 110, 110), caution)).toEqual({
      amount: expect.closeTo(5, 9),
      from: 'repeats',
    });
    expect(estimateNoise(base, repeated(90, 90, 90), caution).amount).toBeCloseTo(100 - 100 / 1.05, 9);
  });

  it('leaves out what repeats would have shown', () => {
    const [base, other] = [repeated(100, 100, 100), repeated(110, 110, 110)];
    expect(estimateNoise(base, other, { ...AT_99_PERCENT, unseen: 1_000 }).amount).toBe(0);
  });

  it('does not listen to two repeats, which say next to nothing', () => {
    const [base, other] = [repeated(100, 120), repeated(140, 160)];
    expect(estimateNoise(base, other, { ...AT_99_PERCENT, drift: 0.1 })).toEqual({
      amount: expect.closeTo(11, 9),
      from: 'assumed',
    });
    expect(estimateNoise(base, repeated(1, 2, 3), AT_99_PERCENT).from).toBe('assumed');
  });

  it('lends five repeats to a report without any', () => {
    // In units of ln 2: 1, 2, 3, 4, 5, so variance 2.5 and a freedom of 4: 4.604 × √(2.5 × (1/5 + 1)) × ln 2, a factor of 251.5.
    const repeats = [2, 4, 8, 16, 32];
    const lent = estimateNoise(repeated(...repeats), once(40), AT_99_PERCENT);
    expect(lent.from).toBe('repeats');
    expect(lent.amount / (62 / 5)).toBeCloseTo(250.5, 0);
    expect(estimateNoise(once(10), repeated(...repeats), AT_99_PERCENT).amount / 10).toBeCloseTo(250.5, 0);
  });

  it('lends no four', () => {
    expect(estimateNoise(repeated(2, 4, 8, 16), once(40), AT_99_PERCENT).from).toBe('assumed');
  });

  it('takes the slices where they say more than lent repeats', () => {
    const slices = [10, 40, 10, 40, 10, 40];
    const base: Reading = { ...repeated(25, 25, 25, 25, 25), slices };
    const { amount, from } = estimateNoise(base, sliced(25, slices.toReversed()), AT_99_PERCENT);
    expect({ isMore: amount > 25, from }).toEqual({ isMore: true, from: 'repeats' });
  });

  describe('of one run each', () => {
    // Logarithms of the ratios, in halves of ln 2: 1, 3, 1, 3, 1, so 1.8 in the mean with a variance of 1.2.
    const base = sliced(100, [10, 10, 10, 10, 10]);
    const rising = [1, 3, 1, 3, 1].map((halves) => 10 * Math.SQRT2 ** halves);
    // 4.604 (freedom 4) × √(1.2 / 5) × ln 2 / 2 = 0.7817, so a factor of 2.185.
    const factor = 2.185;

    it('goes slice by slice, by their ratios', () => {
      const noise = estimateNoise(base, sliced(200, rising), AT_99_PERCENT);
      expect(noise).toEqual({ amount: expect.closeTo(100 * (factor - 1), 1), from: 'slices' });
    });

    it('is smaller downwards, since nothing falls below 0', () => {
      const { amount } = estimateNoise(base, sliced(50, rising), AT_99_PERCENT);
      expect(amount).toBeCloseTo(100 * (1 - 1 / factor), 1);
    });

    it('does not take for noise what all runs go through', () => {
      const warming = [40, 20, 10, 5, 5];
      const twice = warming.map((each) => 2 * each);
      expect(estimateNoise(sliced(16, warming), sliced(32, twice), AT_99_PERCENT).amount).toBeCloseTo(0, 9);
    });

    it('leaves out slices in which either has nothing', () => {
      const [before, after] = [
        [null, 0, ...base.slices],
        [10, 10, ...rising],
      ];
      const { amount } = estimateNoise(sliced(100, before), sliced(200, after), AT_99_PERCENT);
      expect(amount).toBeCloseTo(100 * (factor - 1), 1);
    });

    it('needs five slices', () => {
      const [before, after] = [base.slices.slice(1), rising.slice(1)];
      const noise = estimateNoise(sliced(100, before), sliced(200, after), { ...AT_99_PERCENT, drift: 0.1 });
      expect(noise).toEqual({ amount: expect.closeTo(10, 9), from: 'assumed' });
    });

    it('adds the drift of whole runs to what the slices show, and what is unseen on top', () => {
      const caution = { share: 0.01, drift: 0.25, unseen: 3 };
      const { amount } = estimateNoise(base, sliced(200, rising), caution);
      expect(amount).toBeCloseTo(100 * (factor * 1.25 - 1) + 3, 1);
    });

    it('is the drift and what is unseen where there are no slices', () => {
      const caution = { share: 0.01, drift: 0.25, unseen: 3 };
      expect(estimateNoise(once(100), once(110), caution)).toEqual({ amount: expect.closeTo(28, 9), from: 'assumed' });
      expect(estimateNoise(once(100), once(90), caution).amount).toBeCloseTo(23, 9);
    });
  });
});
