import { describe, expect, it } from 'vitest';
import { type Caution, estimateNoise } from '#report/compare/noise.ts';
import { once, type Reading } from '#report/compare/reading.ts';

const AT_99_PERCENT: Caution = { share: 0.01, drift: 0, unseen: 0 };

function repeated(...repeats: number[]): Reading {
  return { value: repeats.reduce((sum, each) => sum + each, 0) / repeats.length, repeats, slices: [] };
}

function sliced(value: number, slices: (number | null)[]): Reading {
  return { value, repeats: [], slices };
}

describe('estimateNoise', () => {
  it('is that of the direction that is asked for, whichever way the readings differ', () => {
    const caution: Caution = { share: 0.01, drift: 0.25, unseen: 2 };
    // 100 × 1.25 and 100 ÷ 1.25
    expect(estimateNoise(once(100), once(90), caution, 'up').amount).toBeCloseTo(27, 9);
    expect(estimateNoise(once(100), once(110), caution, 'down').amount).toBeCloseTo(22, 9);
    expect(estimateNoise(once(100), once(90), caution).amount).toBeCloseTo(22, 9);
  });

  describe('of repeated runs', () => {
    // The two tests share the false alarms, so that each has half of them. Slices of single runs tell nothing here.
    const caution: Caution = { share: 0.02, drift: 0, unseen: 0 };
    const noisy = (...repeats: number[]): Reading => ({ ...repeated(...repeats), slices: [1, 1e9, 1, 1e9, 1] });
    const steady = (...repeats: number[]): Reading => ({ ...repeated(...repeats), slices: [1, 1, 1, 1, 1] });

    it('is half of Welch’s interval, of the logarithms', () => {
      // In units of ln 2: variances 1 and 1, so 1/3 + 1/3 and a freedom of 4: 4.604 × 0.8165 × ln 2 = 2.6056, a factor of 13.54.
      const noise = estimateNoise(noisy(8, 16, 32), steady(64, 128, 256), caution);
      expect(noise.from).toBe('repeats');
      expect(noise.amount / ((8 + 16 + 32) / 3)).toBeCloseTo(12.54, 2);
    });

    it('is smaller downwards, since nothing falls below 0', () => {
      const { amount } = estimateNoise(noisy(64, 128, 256), steady(8, 16, 32), caution);
      expect(amount / ((64 + 128 + 256) / 3)).toBeCloseTo(1 - 1 / 13.54, 3);
    });

    it('takes the freedom after Welch and Satterthwaite where they scatter differently', () => {
      // In units of ln 2: variances 1 and 25: (1/3 + 25/3)² / ((1/3)² / 2 + (25/3)² / 2) = 2.16: between the t of 2 and 3.
      const { amount } = estimateNoise(noisy(1, 2, 4), steady(1, 32, 1_024), caution);
      const t = Math.log1p(amount / (7 / 3)) / (Math.sqrt(26 / 3) * Math.LN2);
      expect(t).toBeGreaterThan(5.841);
      expect(t).toBeLessThan(9.925);
    });

    it('is half the drift and half of what is unseen at least, since repeats share the hour, and agree by luck', () => {
      const [base, some] = [repeated(100, 100), { share: 0.02, drift: 0.1, unseen: 4 }];
      expect(estimateNoise(base, repeated(110, 110), some)).toEqual({ amount: expect.closeTo(7, 9), from: 'repeats' });
      expect(estimateNoise(base, repeated(90, 90), some).amount).toBeCloseTo(102 - 100 / 1.05, 9);
    });

    it('is no wider than that of single runs, where too few repeats tell little', () => {
      // Each 1 % apart: √(2) × 0.5 % at a freedom of 2, of which 9.925 are 7 %.
      const [base, other] = [repeated(100, 101), repeated(120, 121.2)];
      expect(estimateNoise(base, other, { share: 0.02, drift: 0.05, unseen: 0 })).toEqual({
        amount: expect.closeTo(100.5 * 0.05, 9),
        from: 'assumed',
      });
    });

    it('is four standard errors at least, where repeats scatter more than single runs would', () => {
      // In units of ln 2: variances 1 and 1 of three each: 4 × √(2/3) × ln 2, a factor of 9.618.
      const noise = estimateNoise(repeated(8, 16, 32), repeated(64, 128, 256), { share: 0.002, drift: 0.1, unseen: 0 });
      expect(noise.from).toBe('repeats');
      expect(noise.amount / (56 / 3)).toBeCloseTo(8.618, 2);
    });

    it('is that of single runs where only one was repeated', () => {
      const { amount, from } = estimateNoise(repeated(8, 16, 32), once(40), { ...caution, drift: 0.1, unseen: 0 });
      expect({ amount, from }).toEqual({ amount: expect.closeTo(5.6 / 3, 9), from: 'assumed' });
    });
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
