import { describe, expect, it } from 'vitest';
import { finalityOf } from '#bench/verify/finality.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';

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
