import { describe, expect, it } from 'vitest';
import { type Allowance, drainOffset, estimateNoise, liveOffset } from '#report/compare/noise.ts';
import { once, type Reading } from '#report/compare/readings.ts';
import type { DrainReport, Report } from '#report/definition/report.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';
import { DRAINS } from '#test/support/report-phases.ts';

const AT_99_PERCENT: Allowance = { level: 0.01, drift: 0, offset: 0 };

function repeated(...repeats: number[]): Reading {
  return { value: repeats.reduce((sum, each) => sum + each, 0) / repeats.length, repeats, slices: [] };
}

function sliced(value: number, slices: (number | null)[]): Reading {
  return { value, repeats: [], slices };
}

describe('estimateNoise', () => {
  it('is that of the direction that is asked for, whichever way the readings differ', () => {
    const allowance: Allowance = { level: 0.01, drift: 0.25, offset: 2 };
    // 100 × 1.25 and 100 ÷ 1.25
    expect(estimateNoise(once(100), once(90), allowance, 'up').amount).toBeCloseTo(27, 9);
    expect(estimateNoise(once(100), once(110), allowance, 'down').amount).toBeCloseTo(22, 9);
    expect(estimateNoise(once(100), once(90), allowance).amount).toBeCloseTo(22, 9);
  });

  describe('of repeated runs', () => {
    // The two tests share the false alarms, so that each has half of them. Slices of single runs tell nothing here.
    const allowance: Allowance = { level: 0.02, drift: 0, offset: 0 };
    const noisy = (...repeats: number[]): Reading => ({ ...repeated(...repeats), slices: [1, 1e9, 1, 1e9, 1] });
    const steady = (...repeats: number[]): Reading => ({ ...repeated(...repeats), slices: [1, 1, 1, 1, 1] });

    it('is half of Welch’s interval, of the logarithms', () => {
      // In units of ln 2: variances 1 and 1, so 1/3 + 1/3 and a freedom of 4: 4.604 × 0.8165 × ln 2 = 2.6056, a factor of 13.54.
      const noise = estimateNoise(noisy(8, 16, 32), steady(64, 128, 256), allowance);
      expect(noise.from).toBe('repeats');
      expect(noise.amount / ((8 + 16 + 32) / 3)).toBeCloseTo(12.54, 2);
    });

    it('is smaller downwards, since nothing falls below 0', () => {
      const { amount } = estimateNoise(noisy(64, 128, 256), steady(8, 16, 32), allowance);
      expect(amount / ((64 + 128 + 256) / 3)).toBeCloseTo(1 - 1 / 13.54, 3);
    });

    it('takes the freedom after Welch and Satterthwaite where they scatter differently', () => {
      // In units of ln 2: variances 1 and 25: (1/3 + 25/3)² / ((1/3)² / 2 + (25/3)² / 2) = 2.16: between the t of 2 and 3.
      const { amount } = estimateNoise(noisy(1, 2, 4), steady(1, 32, 1_024), allowance);
      const t = Math.log1p(amount / (7 / 3)) / (Math.sqrt(26 / 3) * Math.LN2);
      expect(t).toBeGreaterThan(5.841);
      expect(t).toBeLessThan(9.925);
    });

    it('is half the drift and half of the offset at least, since repeats share the hour, and agree by luck', () => {
      const [base, some] = [repeated(100, 100), { level: 0.02, drift: 0.1, offset: 4 }];
      expect(estimateNoise(base, repeated(110, 110), some)).toEqual({ amount: expect.closeTo(7, 9), from: 'repeats' });
      expect(estimateNoise(base, repeated(90, 90), some).amount).toBeCloseTo(102 - 100 / 1.05, 9);
    });

    it('is no wider than that of single runs, where too few repeats tell little', () => {
      // Each 1 % apart: √(2) × 0.5 % at a freedom of 2, of which 9.925 are 7 %.
      const [base, other] = [repeated(100, 101), repeated(120, 121.2)];
      expect(estimateNoise(base, other, { level: 0.02, drift: 0.05, offset: 0 })).toEqual({
        amount: expect.closeTo(100.5 * 0.05, 9),
        from: 'assumed',
      });
    });

    it('is four standard errors at least, where repeats scatter more than single runs would', () => {
      // In units of ln 2: variances 1 and 1 of three each: 4 × √(2/3) × ln 2, a factor of 9.618.
      const noise = estimateNoise(repeated(8, 16, 32), repeated(64, 128, 256), { level: 0.002, drift: 0.1, offset: 0 });
      expect(noise.from).toBe('repeats');
      expect(noise.amount / (56 / 3)).toBeCloseTo(8.618, 2);
    });

    it('is that of single runs where only one was repeated', () => {
      const { amount, from } = estimateNoise(repeated(8, 16, 32), once(40), { ...allowance, drift: 0.1, offset: 0 });
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

    it('adds the drift of whole runs to what the slices show, and the offset on top', () => {
      const allowance = { level: 0.01, drift: 0.25, offset: 3 };
      const { amount } = estimateNoise(base, sliced(200, rising), allowance);
      expect(amount).toBeCloseTo(100 * (factor * 1.25 - 1) + 3, 1);
    });

    it('is the drift and the offset where there are no slices', () => {
      const allowance = { level: 0.01, drift: 0.25, offset: 3 };
      expect(estimateNoise(once(100), once(110), allowance)).toEqual({
        amount: expect.closeTo(28, 9),
        from: 'assumed',
      });
      expect(estimateNoise(once(100), once(90), allowance).amount).toBeCloseTo(23, 9);
    });
  });
});

const { load, settings, stream, paths } = EXACT_REPORT;

function startingAt(startedAt: string, windowMs: number, measuredMs = 60_000): Report {
  return changedReport({
    load: { ...load, startedAt, measuredMs },
    settings: { ...settings, windowMs, boundMs: 2_000 },
  });
}

describe('liveOffset', () => {
  it('is the second between two polls in the finality of the micro-batch path', () => {
    expect(liveOffset('finality.p50', 'micro-batch', EXACT_REPORT, EXACT_REPORT)).toBe(1_000);
    expect(liveOffset('finality.p95', 'scheduled-batch', EXACT_REPORT, EXACT_REPORT)).toBe(0);
    expect(liveOffset('freshness.p95', 'micro-batch', EXACT_REPORT, EXACT_REPORT)).toBe(0);
  });

  it('has the batching window in it by how few windows there were', () => {
    const batching = (windows: number): Report =>
      changedReport({
        stream: { ...stream, mapping: { batchSize: 1_000, batchingWindowSeconds: 5 } },
        paths: {
          ...paths,
          microBatch: { ...paths.microBatch, finalityMs: { p50: 1, p95: 1, p99: 1, max: 1, mean: 1, count: windows } },
        },
      });
    expect(liveOffset('finality.p95', 'micro-batch', EXACT_REPORT, batching(10))).toBe(2_000);
    expect(liveOffset('finality.p95', 'micro-batch', EXACT_REPORT, batching(1))).toBe(6_000);
  });

  it('is two invocations more or less', () => {
    const few = changedReport({
      paths: { ...paths, scheduledBatch: { ...paths.scheduledBatch, events: 10_000 } },
    });
    expect(liveOffset('invocations', 'scheduled-batch', EXACT_REPORT, few)).toBe(200);
    expect(liveOffset('invocations', 'micro-batch', EXACT_REPORT, EXACT_REPORT)).toBeCloseTo(2e6 / 33_500, 9);
  });

  describe('of a scheduled batch', () => {
    // 60 s + 2 s + 60 s are 122 s: 2.0333 windows.
    const aligned = startingAt('2026-01-31T12:00:00Z', 60_000);
    const later = startingAt('2026-01-31T12:00:30Z', 60_000);

    it('is how far the cut of the last window moves its freshness, where loads begin otherwise against the windows', () => {
      const ms = 60_000 / (2 * (122 / 60));
      expect(liveOffset('freshness.mean', 'scheduled-batch', aligned, later)).toBeCloseTo(ms, 6);
      expect(liveOffset('end-to-end.p95', 'scheduled-batch', later, aligned)).toBeCloseTo(ms, 6);
      expect(liveOffset('freshness.mean', 'micro-batch', aligned, later)).toBe(0);
    });

    it('is nothing where they begin alike, a window later or round its end', () => {
      for (const at of ['2026-01-31T12:03:00Z', '2026-01-31T12:01:00.500Z', '2026-01-31T11:59:59.500Z']) {
        expect(liveOffset('freshness.p50', 'scheduled-batch', aligned, startingAt(at, 60_000))).toBe(0);
      }
    });

    it.each([
      ['2026-01-31T12:01:01.100Z', false],
      ['2026-01-31T12:01:01.300Z', true],
      ['2026-01-31T11:59:58.900Z', false],
      ['2026-01-31T11:59:58.700Z', true],
    ])('takes loads for alike up to 1.2 s apart in a window of 60 s, a fiftieth: at %s noise is %s', (at, is) => {
      expect(liveOffset('freshness.p50', 'scheduled-batch', aligned, startingAt(at, 60_000)) > 0).toBe(is);
    });

    it('is a batch more or less in what batches take', () => {
      const { cpuMs, events, invocations } = paths.scheduledBatch;
      const one = (cpuMs / events / invocations) * 1_000;
      expect(liveOffset('cpu', 'scheduled-batch', aligned, later)).toBeCloseTo(one, 9);
      expect(liveOffset('cpu', 'scheduled-batch', aligned, aligned)).toBe(0);
      expect(liveOffset('rows', 'scheduled-batch', aligned, later)).toBe(0);
    });

    it('is nothing for the replay of a log, whose schedule begins with it', () => {
      const replay: Report = { ...later, experiment: 'replay' };
      expect(liveOffset('freshness.mean', 'scheduled-batch', replay, replay)).toBe(0);
      expect(liveOffset('freshness.mean', 'scheduled-batch', { ...aligned, experiment: 'replay' }, replay)).toBe(0);
    });
  });
});

const MINUTE = 60_000;
const [ofOneMinute] = DRAINS as [DrainReport, DrainReport];

describe('drainOffset', () => {
  const lasting = (durationMs: number, eventsPerSecond = 40_000) =>
    changedReport({ drains: [{ ...ofOneMinute, catchUp: { ...ofOneMinute.catchUp, durationMs, eventsPerSecond } }] });

  it('is a second of a batch', () => {
    expect(drainOffset('batch-warm', EXACT_REPORT, EXACT_REPORT, MINUTE, 'up')).toBe(1_000);
    expect(drainOffset('batch-cold', EXACT_REPORT, EXACT_REPORT, MINUTE, 'up')).toBe(1_000);
  });

  it('is what a second makes of the shorter catch-up, in events a second', () => {
    expect(drainOffset('catch-up', lasting(5_000), lasting(2_000), MINUTE, 'up')).toBe(20_000); // 80,000 events in 1 s, not 2
    expect(drainOffset('catch-up', lasting(500), lasting(2_000), MINUTE, 'up')).toBe(80_000);
    expect(drainOffset('catch-up', lasting(1_000), lasting(3_000), MINUTE, 'down')).toBe(20_000); // in 2 s, not 1
    expect(drainOffset('catch-up', lasting(500), changedReport({ drains: [] }), MINUTE, 'up')).toBe(0);
  });
});
