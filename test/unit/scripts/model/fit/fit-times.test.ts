import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictMs } from '#model/fit/coefficients.ts';
import { fitCpu, fitDatabaseWait, isFit } from '#model/fit/fit-times.ts';
import type { TimeFit } from '#model/fit/fitted-model.ts';
import type { Sample } from '#model/fit/samples.ts';
import { simulateLedger } from './simulated-ledger.ts';

const TRUTH = { ms: 51, msPerEvent: 0.0092, msPerRecord: 0.0028, msPerFreshRow: 0.004, msPerUpdatedRow: 0.006 };
const LARGE = { events: 100_000, records: 800, rowsFresh: 2_500, rowsUpdated: 1_500 };

const ONE: Sample = {
  cold: false,
  events: 0,
  records: 0,
  rowsFresh: 0,
  rowsUpdated: 0,
  cpuMs: 1,
  databaseWaitMs: 1,
  windows: null,
};

function fitted(samples: readonly Sample[], fitTimes = fitCpu): TimeFit {
  const result = fitTimes(samples);
  if (!isFit(result)) throw new Error(result.why);
  return result;
}

function coefficientsOf({ ms, msPerEvent, msPerRecord, msPerFreshRow, msPerUpdatedRow }: TimeFit) {
  return { ms, msPerEvent, msPerRecord, msPerFreshRow, msPerUpdatedRow };
}

/** Relative error of what a fit predicts for an invocation ten times as large as any that it saw. */
function errorOnLarge(fit: TimeFit): number {
  return Math.abs(predictMs(fit, LARGE) / predictMs(TRUTH, LARGE) - 1);
}

describe('fitCpu', () => {
  it('finds what invocations are made of, where nothing disturbs them', () => {
    const fit = fitted(simulateLedger({ count: 15, seed: 1, truth: TRUTH }));
    for (const [term, value] of Object.entries(TRUTH))
      expect(coefficientsOf(fit)).toHaveProperty(term, expect.closeTo(value, 9));
    expect(fit.heldOut).toEqual({
      median: expect.closeTo(0, 9),
      p95: expect.closeTo(0, 9),
      total: expect.closeTo(0, 9),
      count: 15,
    });
  });

  it('counts errors relative to what it predicts, as worked out by hand', () => {
    // 6 invocations of 100 events take 1 or 3 ms, 6 of 200 events 20 ms. A line through their means would begin below 0, so
    // it is the slope alone, and with errors relative to it the mean of ms per event: (0.01 + 0.03 + 2 × 0.1) / 4. That makes
    // 6 × 6 + 6 × 12 = 108 ms of all of them, which took 6 × 2 + 6 × 20 = 132.
    const samples = Array.from({ length: 12 }, (_, i) => ({
      ...ONE,
      events: i < 6 ? 100 : 200,
      cpuMs: i < 6 ? ([1, 3][i % 2] ?? 0) : 20,
    }));
    expect(coefficientsOf(fitted(samples))).toEqual({
      ms: 0,
      msPerEvent: expect.closeTo((0.06 * 132) / 108, 9),
      msPerRecord: 0,
      msPerFreshRow: 0,
      msPerUpdatedRow: 0,
    });
  });

  it('holds each invocation against fits that have not seen it', () => {
    // Only the last one updated rows, 0.1 ms each: who has seen it knows that, and who has not is short of 100 of its 110 ms.
    const plain = Array.from({ length: 12 }, (_, i) => ({ ...ONE, events: 1_000 + 250 * i, cpuMs: 10 + 2.5 * i }));
    const alone = { ...ONE, events: 1_000, rowsUpdated: 1_000, cpuMs: 110 };
    const fit = fitted([...plain, alone]);
    expect(predictMs(fit, alone)).toBeCloseTo(110, 6);
    expect(fit.heldOut).toMatchObject({ median: expect.closeTo(0, 6), p95: expect.closeTo(100 / 110, 6), count: 13 });
  });

  it.each([1, 2, 3, 4, 5])('predicts ten times as large an invocation through noise of 5 percent (seed %i)', (seed) => {
    const fit = fitted(simulateLedger({ count: 60, seed, truth: TRUTH, noise: 0.05 }));
    expect(errorOnLarge(fit)).toBeLessThan(0.15);
    expect(fit.heldOut.median).toBeGreaterThan(0.01);
    expect(fit.heldOut.median).toBeLessThan(0.06);
    expect(fit.heldOut.p95).toBeGreaterThan(fit.heldOut.median);
    expect(fit.heldOut.count).toBe(60);
  });

  it.each([1, 2, 3, 4, 5])(
    'has one in 15 that took five times as long in its sum, not in its shape (seed %i)',
    (seed) => {
      const samples = simulateLedger({ count: 60, seed, truth: TRUTH, noise: 0.02, outlierEach: 15 });
      const sum = (of: (sample: Sample) => number): number => samples.reduce((total, sample) => total + of(sample), 0);
      const fit = fitted(samples);
      expect(sum((sample) => predictMs(fit, sample))).toBeCloseTo(
        sum(({ cpuMs }) => cpuMs),
        6,
      );
      const dearer = sum(({ cpuMs }) => cpuMs) / sum((sample) => predictMs(TRUTH, sample));
      expect(dearer).toBeGreaterThan(1.1);
      expect(Math.abs(predictMs(fit, LARGE) / dearer / predictMs(TRUTH, LARGE) - 1)).toBeLessThan(0.08);
    },
  );

  it('is not ruled by tiny invocations, whose time is mostly noise', () => {
    const tiny = Array.from({ length: 300 }, (_, i) => ({
      ...ONE,
      events: 1,
      records: 1,
      cpuMs: [0.02, 0.6][i % 2] ?? 0,
    }));
    const fit = fitted([...simulateLedger({ count: 30, seed: 1, truth: { ...TRUTH, ms: 0 } }), ...tiny]);
    expect(errorOnLarge(fit)).toBeLessThan(0.05);
  });

  it('stays a number where it predicts no time at all for an invocation that counted nothing', () => {
    const growing = Array.from({ length: 12 }, (_, i) => ({ ...ONE, events: 100 * (i + 1), cpuMs: (i + 1) ** 2 }));
    const fit = fitted([...growing, { ...ONE, cpuMs: 1e-6 }]);
    expect(fit.ms).toBe(0);
    expect(fit.msPerEvent).toBeGreaterThan(0.01);
    expect(Object.values(fit.heldOut).every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['as many records as events', (size: Sample) => ({ ...size, records: size.events })],
    ['a record for every 100 events, nearly', (size: Sample) => ({ ...size, records: Math.round(size.events / 100) })],
    ['rows for half of the events', (size: Sample) => ({ ...size, rowsFresh: size.events / 2, rowsUpdated: 0 })],
    ['rows that are fresh to the same share', (size: Sample) => ({ ...size, rowsFresh: 300, rowsUpdated: 600 })],
  ])('predicts the same proportions, however large, from %s', (_, shape) => {
    const noisy = simulateLedger({ count: 60, seed: 7, truth: TRUTH, noise: 0.05 })
      .map(shape)
      .map((sample, i) => ({ ...sample, cpuMs: predictMs(TRUTH, sample) * (1 + 0.05 * Math.sin(i * i)) }));
    const fit = fitted(noisy);
    for (const times of [1, 10]) {
      const size = shape({ ...ONE, events: 10_000 * times, records: 80 * times, rowsFresh: 900, rowsUpdated: 900 });
      expect(Math.abs(predictMs(fit, size) / predictMs(TRUTH, size) - 1)).toBeLessThan(0.1);
    }
    for (const coefficient of Object.values(coefficientsOf(fit))) expect(coefficient).toBeGreaterThanOrEqual(0);
  });

  it('says from which to which size it was fitted, cold ones left out', () => {
    const samples = simulateLedger({ count: 20, seed: 3, truth: TRUTH });
    const cold = { ...ONE, cold: true, events: 1_000_000, cpuMs: 1e6 };
    const fit = fitted([...samples, cold]);
    const events = samples.map((sample) => sample.events);
    expect(fit.ranges.events).toEqual([Math.min(...events), Math.max(...events)]);
    expect(fit.ranges.rowsUpdated[1]).toBe(Math.max(...samples.map(({ rowsUpdated }) => rowsUpdated)));
    expect(fit.samples).toBe(20);
  });

  it('is the same for the same invocations in another order', () => {
    const samples = simulateLedger({ count: 40, seed: 5, truth: TRUTH, noise: 0.1 });
    const [one, other] = [fitted(samples), fitted([...samples].reverse())];
    expect(other.heldOut.median).toBeCloseTo(one.heldOut.median, 9);
    expect(other.msPerEvent).toBeCloseTo(one.msPerEvent, 9);
  });

  it('gives finite coefficients, none below 0, for whatever invocations there are', () => {
    const counts = fc.integer({ min: 0, max: 100_000 });
    const sample = fc.record({
      cold: fc.boolean(),
      events: counts,
      records: counts,
      rowsFresh: counts,
      rowsUpdated: counts,
      cpuMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      databaseWaitMs: fc.constant(1),
      windows: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 12, maxLength: 60 }), (samples) => {
        const fit = fitCpu(samples);
        if (!isFit(fit)) return fit.why !== '';
        const values = [...Object.values(coefficientsOf(fit)), ...Object.values(fit.heldOut)];
        return values.every((value) => Number.isFinite(value) && value >= 0);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[why: string, samples: Sample[]]>([
    ['only 0 warm invocations, at least 12 are needed', []],
    ['only 1 warm invocation, at least 12 are needed', [ONE, ...new Array<Sample>(20).fill({ ...ONE, cold: true })]],
    ['only 11 warm invocations, at least 12 are needed', simulateLedger({ count: 11, seed: 1, truth: TRUTH })],
    [
      'all 12 warm invocations had 1,000 events, the most must be 2 times the least',
      new Array<Sample>(12).fill({ ...ONE, events: 1_000 }),
    ],
    [
      'all 12 warm invocations had 1,000 to 1,999 events, the most must be 2 times the least',
      Array.from({ length: 12 }, (_, i) => ({ ...ONE, events: i === 0 ? 1_999 : 1_000 })),
    ],
    ['all 12 warm invocations had 0 events, the most must be 2 times the least', new Array<Sample>(12).fill(ONE)],
  ])('says why there is too little to fit: %s', (why, samples) => {
    expect(fitCpu(samples)).toEqual({ why });
  });
});

describe('fitDatabaseWait', () => {
  it('fits the wait to the rows, not to the events', () => {
    const fit = fitted(simulateLedger({ count: 15, seed: 1, truth: TRUTH }), fitDatabaseWait);
    expect(coefficientsOf(fit)).toEqual({
      ms: expect.closeTo(4, 6),
      msPerEvent: 0,
      msPerRecord: 0,
      msPerFreshRow: expect.closeTo(0.014, 6),
      msPerUpdatedRow: expect.closeTo(0.014, 6),
    });
  });
});
