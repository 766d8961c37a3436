import { describe, expect, it } from 'vitest';
import { type MeasuredKeys, tabulateRows, withHosts, type ZipfKeys } from '#model/workload/keys.ts';
import { GENERATED_KEYS } from '#model/workload/workload.ts';
import { ONE_KEY } from '../timing/one-key.ts';

const TWO_HOSTS: ZipfKeys = { ...GENERATED_KEYS, hosts: 2, hostSkew: 0, referrers: 1, nullReferrerShare: 0 };
const MEASURED: MeasuredKeys = {
  kind: 'measured',
  hosts: 2,
  byHost: [{ probability: 0.5, keys: 2 }],
  bySource: [{ probability: 0.25, keys: 4 }],
  events: 1_000,
};

/** As written, rank by rank. */
function rowsByRank({ hosts, referrers, nullReferrerShare }: ZipfKeys, events: number): number {
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

describe('tabulateRows', () => {
  it('counts a host and its one source for any number of events on one key', () => {
    expect([tabulateRows(ONE_KEY.keys)(1), tabulateRows(ONE_KEY.keys)(1_000_000)]).toEqual([2, 2]);
  });

  it('expects one and a half of two equal hosts from two events', () => {
    expect(tabulateRows(TWO_HOSTS)(1)).toBeCloseTo(2, 12); // 2 × (1 − 0.5), in both tables
    expect(tabulateRows(TWO_HOSTS)(2)).toBeCloseTo(3, 12); // 2 × (1 − 0.25), in both tables
  });

  it('counts no referrer as a source of its own', () => {
    // hosts 2 × (1 − 0.5²) = 1.5; four sources of 0.25 each: 4 × (1 − 0.75²) = 1.75
    expect(tabulateRows({ ...TWO_HOSTS, nullReferrerShare: 0.5 })(2)).toBeCloseTo(3.25, 12);
    expect(tabulateRows(MEASURED)(2)).toBeCloseTo(3.25, 12);
  });

  it('is 0 for no events', () => {
    expect(tabulateRows(ONE_KEY.keys)(0)).toBe(0);
    expect(tabulateRows(TWO_HOSTS)(0)).toBe(0);
  });

  it.each([1, 2.7, 30, 1_000, 45_678, 300_000, 20_000_000])(
    'is within 0.5 %% of the sum over all ranks for %d events',
    (events) => {
      for (const hosts of [2, 300, 3_000]) {
        const keys = { ...GENERATED_KEYS, hosts };
        expect(Math.abs(tabulateRows(keys)(events) / rowsByRank(keys, events) - 1)).toBeLessThan(0.005);
      }
    },
  );

  it('counts ten million hosts with ten million referrers each', () => {
    const keys = { ...GENERATED_KEYS, hosts: 10_000_000, referrers: 10_000_000 };
    // Zipf's first rank has 1 / (ln 10⁷ + 0.5772) = 5.99 % of the events
    expect(tabulateRows(keys)(1)).toBeCloseTo(2, 6);
    expect(tabulateRows(keys)(1e6)).toBeGreaterThan(1e6);
    expect(tabulateRows(keys)(1e13)).toBeLessThan(1e13);
  });

  it('expects the rows that the benchmark wrote', () => {
    const rowsOf = (events: number): number => tabulateRows(GENERATED_KEYS)(events);
    // Measured: 1,011 rows in a mean micro-batch of 1,014 events; 9,297 in a batch over 20 s, 16 s and 4 s of two windows.
    expect(Math.abs(rowsOf(1_014) / 1_011 - 1)).toBeLessThan(0.03);
    expect(Math.abs((rowsOf(16_000) + rowsOf(4_000)) / 9_297 - 1)).toBeLessThan(0.03);
  });
});

describe('withHosts', () => {
  it('draws from as many hosts', () => {
    expect(withHosts(GENERATED_KEYS, 7).hosts).toBe(7);
    expect(tabulateRows(withHosts(TWO_HOSTS, 4))(1e9)).toBeCloseTo(8, 9);
  });

  it('spreads measured probabilities over as many more keys', () => {
    const spread = withHosts(MEASURED, 6);
    expect(spread.hosts).toBe(6);
    // 6 hosts of 1/6 and 12 sources of 1/12; two events: 6 × (1 − (5/6)²) + 12 × (1 − (11/12)²)
    expect(tabulateRows(spread)(2)).toBeCloseTo(11 / 6 + 23 / 12, 12);
  });
});
