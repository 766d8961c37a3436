import { describe, expect, it } from 'vitest';
import { measuredGroups, zipfGroups } from '#model/workload/key-groups.ts';
import { GENERATED_KEYS } from '#model/workload/workload.ts';

const keysIn = (groups: readonly { keys: number }[]): number => groups.reduce((sum, { keys }) => sum + keys, 0);
const shareOf = (groups: readonly { keys: number; probability: number }[]): number =>
  groups.reduce((sum, { keys, probability }) => sum + keys * probability, 0);

describe('zipfGroups', () => {
  it('has every host, and every host with every referrer and with none', () => {
    const groups = zipfGroups({ ...GENERATED_KEYS, hosts: 1_000, referrers: 50 });
    expect(keysIn(groups)).toBeCloseTo(1_000 + 1_000 * 51, 3);
    expect(shareOf(groups)).toBeCloseTo(2, 9); // an event hits one of each table
  });

  it('stays at some hundred groups for as many keys as there can be', () => {
    const groups = zipfGroups({ ...GENERATED_KEYS, hosts: 10_000_000, referrers: 10_000_000 });
    expect(groups.length).toBeLessThan(1_500);
    expect(keysIn(groups) / (1e7 + 1e7 * (1e7 + 1))).toBeCloseTo(1, 6);
    expect(shareOf(groups)).toBeCloseTo(2, 6);
  });

  it('leaves out sources that nobody hits', () => {
    expect(keysIn(zipfGroups({ ...GENERATED_KEYS, hosts: 1, referrers: 1, nullReferrerShare: 0 }))).toBe(2);
    expect(keysIn(zipfGroups({ ...GENERATED_KEYS, hosts: 1, referrers: 1, nullReferrerShare: 1 }))).toBe(2);
  });
});

describe('measuredGroups', () => {
  it('puts keys of about the same probability together, and keeps what they are hit with', () => {
    const keys = {
      kind: 'measured',
      hosts: 3,
      byHost: [
        { probability: 0.5, keys: 1 },
        { probability: 0.25, keys: 2 },
      ],
      bySource: [
        { probability: 0.251, keys: 2 },
        { probability: 0.0498, keys: 10 },
      ],
      events: 100,
    } as const;
    const groups = measuredGroups(keys);
    expect(groups).toHaveLength(3);
    expect(groups[1]).toEqual({ keys: 4, probability: expect.closeTo(0.2505, 12) });
    expect(shareOf(groups)).toBeCloseTo(2, 12);
  });
});
