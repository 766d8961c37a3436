import { describe, expect, it } from 'vitest';
import { estimateProbabilities } from '#model/fit/measure-keys.ts';
import type { KeyGroup } from '#model/workload/key-groups.ts';

function weigh(groups: readonly KeyGroup[]): number {
  return groups.reduce((sum, { probability, keys }) => sum + probability * keys, 0);
}

describe('estimateProbabilities', () => {
  it('takes the shares as they are where every key came often', () => {
    expect(estimateProbabilities([6, 3, 3])).toEqual([
      { probability: 0.5, keys: 1 },
      { probability: 0.25, keys: 2 },
    ]);
  });

  it('takes from rare keys what those still to come weigh, as worked out by hand', () => {
    // 10 events: 4, 2, 1, 1, 1, 1. Once 4, twice 1: 9/10 × 16/2 = 7.2 keys to come, of weight 4/10 × 36/38 = 0.378947.
    // Missed with (1 − share)^10: 0.6^10 = 0.0060466, 0.8^10 = 0.1073742, 0.9^10 = 0.3486784.
    // Factor 0.378947 / (0.4 × 0.0060466 + 0.2 × 0.1073742 + 0.4 × 0.3486784) = 0.378947 / 0.1633649 = 2.3196369.
    const groups = estimateProbabilities([4, 2, 1, 1, 1, 1]);
    expect(groups.map(({ keys }) => keys)).toEqual([1, 1, 4, expect.closeTo(7.2, 9)]);
    const [often, twice, once, unseen] = groups.map(({ probability }) => probability);
    expect(often).toBeCloseTo(0.4 * (1 - 2.3196369 * 0.0060466), 6);
    expect(twice).toBeCloseTo(0.2 * (1 - 2.3196369 * 0.1073742), 6);
    expect(once).toBeCloseTo(0.1 * (1 - 2.3196369 * 0.3486784), 6);
    expect(unseen).toBeCloseTo(0.378947 / 7.2, 6);
    expect(weigh(groups)).toBeCloseTo(1, 12);
  });

  it.each([
    ['one event', [1]],
    ['two events', [1, 1]],
    ['one key that came once', [5, 5, 1]],
    ['no key that came twice', [9, 1, 1, 1]],
    ['nothing but keys that came once', new Array<number>(1_000).fill(1)],
  ])('adds up to 1, each above 0, for %s', (_, hits) => {
    const groups = estimateProbabilities(hits);
    expect(weigh(groups)).toBeCloseTo(1, 9);
    for (const { probability, keys } of groups) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThanOrEqual(1);
      expect(keys).toBeGreaterThan(0);
    }
  });
});
