import { describe, expect, it } from 'vitest';
import { createRowCounter } from '../../../../scripts/model/keys.ts';
import { GENERATED_LOAD, type Workload } from '../../../../scripts/model/workload.ts';
import { ONE_KEY } from './one-key.ts';

const twoHosts: Workload = { ...ONE_KEY, hosts: 2, hostSkew: 0 };

/** As written, rank by rank. */
function rowsByRank({ hosts, referrers, nullReferrerShare }: Workload, events: number): number {
  const shares = (count: number): number[] => {
    const weights = Array.from({ length: count }, (_, rank) => 1 / (rank + 1));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  };
  const hit = (share: number): number => 1 - (1 - share) ** events;
  const byReferrer = [nullReferrerShare, ...shares(referrers).map((share) => share * (1 - nullReferrerShare))];
  let rows = 0;
  for (const host of shares(hosts)) {
    rows += hit(host);
    for (const referrer of byReferrer) rows += hit(host * referrer);
  }
  return rows;
}

describe('createRowCounter', () => {
  it('counts a host and its one source for any number of events on one key', () => {
    const rowsOf = createRowCounter(ONE_KEY);
    expect([rowsOf(1), rowsOf(1_000_000)]).toEqual([2, 2]);
  });

  it('expects one and a half of two equal hosts from two events', () => {
    const rowsOf = createRowCounter(twoHosts);
    expect(rowsOf(1)).toBeCloseTo(2, 12); // 2 × (1 − 0.5), in both tables
    expect(rowsOf(2)).toBeCloseTo(3, 12); // 2 × (1 − 0.25), in both tables
  });

  it('counts no referrer as a source of its own', () => {
    // hosts 2 × (1 − 0.5²) = 1.5; four sources of 0.25 each: 4 × (1 − 0.75²) = 1.75
    expect(createRowCounter({ ...twoHosts, nullReferrerShare: 0.5 })(2)).toBeCloseTo(3.25, 12);
  });

  it('is 0 for no events', () => {
    expect(createRowCounter(ONE_KEY)(0)).toBe(0);
    expect(createRowCounter(twoHosts)(0)).toBe(0);
  });

  it.each([1, 1_000, 300_000])(
    'groups rare ranks without losing more than 0.1 %% of the rows of %i events',
    (events) => {
      const workload = { ...GENERATED_LOAD, hosts: 3_000 };
      const rows = rowsByRank(workload, events);
      expect(Math.abs(createRowCounter(workload)(events) / rows - 1)).toBeLessThan(0.001);
    },
  );

  it('expects the rows that the benchmark wrote', () => {
    const rowsOf = createRowCounter(GENERATED_LOAD);
    // Measured: 1,011 rows in a mean micro-batch of 1,014 events; 9,297 in a batch over 20 s, 16 s and 4 s of two windows.
    expect(Math.abs(rowsOf(1_014) / 1_011 - 1)).toBeLessThan(0.03);
    expect(Math.abs((rowsOf(16_000) + rowsOf(4_000)) / 9_297 - 1)).toBeLessThan(0.03);
  });
});
