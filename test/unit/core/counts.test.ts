import { describe, expect, it } from 'vitest';
import type { AggregationName } from '#functions/core/aggregations.ts';
import { addHit, type Counts, createCounts, visitRows } from '#functions/core/counts.ts';

type Row = [windowStartMs: number, ...keys: (string | null)[], hits: number];

function rowsOf(counts: Counts, name: AggregationName): Row[] {
  const rows: Row[] = [];
  visitRows(counts, (aggregation, startMs, keys, hits) => {
    if (aggregation === name) rows.push([startMs, ...keys, hits]);
  });
  return rows;
}

describe('addHit', () => {
  it('counts a host over its referrers, and each referrer apart', () => {
    const counts = createCounts();
    for (const referrer of ['x', null, 'x', '', null, 'y']) addHit(counts, 0, { host: 'a', referrer });

    expect(rowsOf(counts, 'byHost')).toEqual([[0, 'a', 6]]);
    expect(rowsOf(counts, 'bySource')).toEqual([
      [0, 'a', 'x', 2],
      [0, 'a', null, 2],
      [0, 'a', '', 1],
      [0, 'a', 'y', 1],
    ]);
  });

  it('keeps windows and hosts apart, also where the windows take turns', () => {
    const counts = createCounts();
    const [a, b] = [
      { host: 'a', referrer: null },
      { host: 'b', referrer: null },
    ];
    addHit(counts, 0, a);
    addHit(counts, 300_000, a);
    addHit(counts, 0, b);
    addHit(counts, 300_000, a);

    expect(rowsOf(counts, 'byHost')).toEqual([
      [0, 'a', 1],
      [0, 'b', 1],
      [300_000, 'a', 2],
    ]);
  });

  it('knows how many rows it will write: one a host, one a referrer of a host', () => {
    const counts = createCounts();
    addHit(counts, 0, { host: 'a', referrer: 'x' }); // 2 rows
    addHit(counts, 0, { host: 'a', referrer: null }); // 1 row
    addHit(counts, 0, { host: 'a', referrer: 'x' }); // none
    addHit(counts, 300_000, { host: 'a', referrer: 'x' }); // 2 rows
    expect(counts.rows).toBe(5);
    expect(rowsOf(counts, 'byHost').length + rowsOf(counts, 'bySource').length).toBe(5);
  });

  it('takes memory for keys, not for events', () => {
    const counts = createCounts();
    addHit(counts, 0, { host: 'host', referrer: 'x' });
    const before = counts.stateBytes;
    for (let i = 0; i < 1000; i++) addHit(counts, 0, { host: 'host', referrer: 'x' });
    expect(counts.stateBytes).toBe(before);
    addHit(counts, 0, { host: 'host', referrer: 'y'.repeat(1000) });
    expect(counts.stateBytes - before).toBeGreaterThanOrEqual(1000);
  });

  it('has no names of its own: __proto__ is a host like any other', () => {
    const counts = createCounts();
    addHit(counts, 0, { host: '__proto__', referrer: 'constructor' });
    expect(rowsOf(counts, 'bySource')).toEqual([[0, '__proto__', 'constructor', 1]]);
  });
});
