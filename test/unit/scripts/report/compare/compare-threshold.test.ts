import { describe, expect, it } from 'vitest';
import { compareThresholds } from '#report/compare/compare-threshold.ts';
import type { Report } from '#report/definition/report.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';

type Band = [earliest: number | null, threshold: number | null, latest: number | null];

function withBand([earliestSeconds, thresholdSeconds, latestSeconds]: Band): Report {
  return changedReport({ verdict: { ...EXACT_REPORT.verdict, earliestSeconds, thresholdSeconds, latestSeconds } });
}

describe('compareThresholds', () => {
  it.each<[string, Band, Band, string]>([
    ['the same, whatever the bands', [300, 480, 540], [480, 480, 480], 'same'],
    ['each in the other’s band', [420, 480, 540], [360, 420, 480], 'within noise'],
    ['in one band only', [60, 480, 3_600], [360, 420, 470], 'changed'],
    ['in neither band', [420, 480, 540], [900, 960, 1_020], 'changed'],
    ['none, where there was one', [420, 480, 540], [null, null, null], 'changed'],
    ['none, which both bands leave open', [420, 480, null], [300, null, null], 'within noise'],
    ['none in both', [null, null, null], [600, null, null], 'same'],
  ])('is judged by the bands: %s', (_, one, two, outcome) => {
    expect(compareThresholds(withBand(one), withBand(two)).outcome).toBe(outcome);
    expect(compareThresholds(withBand(two), withBand(one)).outcome).toBe(outcome);
  });

  it('has a difference where both have one', () => {
    const both = compareThresholds(withBand([420, 480, 540]), withBand([600, 720, 900]));
    expect(both).toMatchObject({ id: 'threshold', base: 480, other: 720, difference: 240, share: 0.5, noise: null });
    const one = compareThresholds(withBand([420, 480, 540]), withBand([null, null, null]));
    expect(one).toMatchObject({ base: 480, other: null, difference: null, share: null });
  });
});
