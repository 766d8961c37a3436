import { describe, expect, it } from 'vitest';
import { isExact } from '#report/assemble/is-exact.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

const { correctness, repeats, calibration, drains, batchingWindows } = EXACT_REPORT;

/** The same with the last of them not exact. */
function withoutLast<Phase extends { readonly exact: boolean }>(phases: readonly Phase[]): Phase[] {
  return phases.map((phase, i) => ({ ...phase, exact: i < phases.length - 1 }));
}

describe('isExact', () => {
  it('is true where every phase was, and where there was no more than a live run', () => {
    expect(isExact(EXACT_REPORT)).toBe(true);
    expect(isExact({ correctness, repeats: [], calibration: null, drains: [], batchingWindows: [] })).toBe(true);
  });

  it.each([
    ['the live run', { correctness: { ...correctness, exact: false } }],
    ['the last repeat', { repeats: withoutLast(repeats) }],
    ['the calibration', { calibration: calibration === null ? null : { ...calibration, exact: false } }],
    ['the last drain', { drains: withoutLast(drains) }],
    ['a batching window', { batchingWindows: withoutLast(batchingWindows) }],
  ])('is false where %s was not', (_, given) => {
    expect(isExact({ ...EXACT_REPORT, ...given })).toBe(false);
  });
});
