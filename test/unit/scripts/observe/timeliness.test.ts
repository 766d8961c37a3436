import { describe, expect, it } from 'vitest';
import { finalityOf, freshnessOf } from '../../../../scripts/observe/timeliness.ts';
import { ledgerRow } from '../../../support/ledger-row.ts';

describe('freshnessOf', () => {
  it('takes commit − arrival where buckets are as fine as the clock', () => {
    const row = ledgerRow({ committedMs: 1_000, arrivals: { widthMs: 1, buckets: [700, 900], events: [3, 1] } });
    expect(freshnessOf([row])).toEqual({ p50: 300, p95: 300, p99: 300, max: 300, mean: 250, count: 4 });
  });

  it('lets a wider bucket stand for its middle', () => {
    // 200 × 4 = 800 to 803 ms, in the middle 801.5; 240 × 4 = 960 to 963 ms, in the middle 961.5.
    const row = ledgerRow({ committedMs: 1_000, arrivals: { widthMs: 4, buckets: [200, 240], events: [2, 3] } });
    expect(freshnessOf([row])).toEqual({ p50: 38.5, p95: 198.5, p99: 198.5, max: 198.5, mean: 102.5, count: 5 });
  });

  it('weighs commits of different widths by their events', () => {
    const fine = ledgerRow({ committedMs: 2_000, arrivals: { widthMs: 1, buckets: [1_990], events: [94] } });
    // 7 × 256 = 1,792 to 2,047 ms, in the middle 1,919.5.
    const coarse = ledgerRow({ committedMs: 3_000, arrivals: { widthMs: 256, buckets: [7], events: [6] } });
    expect(freshnessOf([fine, coarse])).toEqual({
      p50: 10,
      p95: 1_080.5,
      p99: 1_080.5,
      max: 1_080.5,
      mean: 74.2,
      count: 100,
    });
  });

  it('is null where nothing was counted', () => {
    expect(freshnessOf([])).toBeNull();
    expect(freshnessOf([ledgerRow({ committedMs: 1_000 })])).toBeNull();
  });
});

/** One commit after another: when, and what the path's watermark was then. */
const commits = (...steps: [committedMs: number, pathWatermarkMs: number | null][]) =>
  steps.map(([committedMs, pathWatermarkMs]) => ledgerRow({ committedMs, pathWatermarkMs }));

describe('finalityOf', () => {
  it('takes the first commit whose watermark has reached the end of the window', () => {
    const ledger = commits([11_000, 9_999], [12_500, 10_000], [13_000, 10_500]);
    expect(finalityOf(ledger, [5_000], 5_000)).toEqual({
      finalityMs: { p50: 2_500, p95: 2_500, p99: 2_500, max: 2_500, mean: 2_500, count: 1 },
      openWindows: 0,
    });
  });

  it('lets one commit make several windows final, and counts those that stay open apart', () => {
    // Ends 5,000, 10,000, 15,000 and 20,000: final at 8,000, 16,000, 16,000 and never.
    const ledger = commits([8_000, 6_000], [16_000, 15_000], [21_000, 19_999]);
    expect(finalityOf(ledger, [0, 5_000, 10_000, 15_000], 5_000)).toEqual({
      finalityMs: { p50: 3_000, p95: 6_000, p99: 6_000, max: 6_000, mean: 3_333.3, count: 3 },
      openWindows: 1,
    });
  });

  it('goes by the time of the commits, in whatever order they are given', () => {
    const ledger = commits([14_000, 11_000], [12_000, 10_000]);
    expect(finalityOf(ledger, [5_000], 5_000).finalityMs?.max).toBe(2_000);
  });

  it.each([
    ['no commit', commits()],
    ['no watermark yet', commits([8_000, null], [9_000, null])],
    ['a watermark that never gets there', commits([60_000, 4_999])],
  ])('is null with %s, and every window is open', (_name, ledger) => {
    expect(finalityOf(ledger, [0, 5_000], 5_000)).toEqual({ finalityMs: null, openWindows: 2 });
  });

  it('passes over commits without a watermark', () => {
    const ledger = commits([6_000, null], [7_000, 5_000]);
    expect(finalityOf(ledger, [0], 5_000)).toMatchObject({ finalityMs: { max: 2_000 }, openWindows: 0 });
  });

  it('works for windows before 1970, and for a run without windows', () => {
    expect(finalityOf(commits([500, 0]), [-5_000], 5_000).finalityMs?.max).toBe(500);
    expect(finalityOf(commits([500, 0]), [], 5_000)).toEqual({ finalityMs: null, openWindows: 0 });
  });
});
