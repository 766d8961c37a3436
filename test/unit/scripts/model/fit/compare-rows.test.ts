import { describe, expect, it } from 'vitest';
import { compareRows } from '#model/fit/fit-model.ts';
import type { Sample } from '#model/fit/samples.ts';
import { tabulateRows, type ZipfKeys } from '#model/workload/keys.ts';

/** Two hosts alike, one referrer: two events meet one host or both with the same probability. */
const KEYS: ZipfKeys = { kind: 'zipf', hosts: 2, referrers: 1, hostSkew: 0, referrerSkew: 0, nullReferrerShare: 0 };
const countRows = tabulateRows(KEYS);

function sample(windows: number[] | null, rows: number): Sample {
  return { cold: false, events: 2, records: 1, rowsFresh: rows, rowsUpdated: 0, cpuMs: 1, databaseWaitMs: 1, windows };
}

describe('compareRows', () => {
  it('sets the rows that the keys let expect beside those that were written', () => {
    // Two events: 1.5 hosts and as many pairs are expected, 3 rows; seen were 2 rows and 4.
    expect(countRows(2)).toBeCloseTo(3, 1);
    const error = compareRows([sample([2], 2), sample([2], 4)], countRows);
    expect(error?.median).toBeCloseTo(0.25, 1);
    expect(error?.p95).toBeCloseTo(0.5, 1);
    expect(error?.total).toBeCloseTo(0, 2);
    expect(error?.count).toBe(2);
  });

  it('expects a key once in each window', () => {
    // One event in each of two windows: a host and a pair in each.
    const error = compareRows([sample([1, 1], 4)], countRows);
    expect(error?.median).toBeCloseTo(0, 2);
  });

  it('leaves out invocations whose windows are not known', () => {
    expect(compareRows([sample([2], 3), sample(null, 400)], countRows)?.count).toBe(1);
    expect(compareRows([sample(null, 3)], countRows)).toBeNull();
  });
});
