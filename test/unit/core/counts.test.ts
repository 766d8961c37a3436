import { describe, expect, it } from 'vitest';
import { addHit, createCounts } from '#functions/core/counts.ts';

describe('addHit', () => {
  it('counts a host over its referrers, and each referrer apart', () => {
    const counts = createCounts();
    for (const referrer of ['x', null, 'x', '', null, 'y']) addHit(counts, 0, 'a', referrer);

    const host = counts.windows.get(0)?.get('a');

    expect(host?.hits).toBe(6);
    expect(host?.byReferrer).toEqual(
      new Map([
        ['x', { hits: 2 }],
        [null, { hits: 2 }],
        ['', { hits: 1 }],
        ['y', { hits: 1 }],
      ]),
    );
  });

  it('keeps windows and hosts apart', () => {
    const counts = createCounts();
    addHit(counts, 0, 'a', null);
    addHit(counts, 300_000, 'a', null);
    addHit(counts, 0, 'b', null);

    expect([...counts.windows.keys()]).toEqual([0, 300_000]);
    expect([...(counts.windows.get(0)?.keys() ?? [])]).toEqual(['a', 'b']);
  });

  it('knows how many rows it will write: one a host, one a referrer of a host', () => {
    const counts = createCounts();
    addHit(counts, 0, 'a', 'x'); // 2 rows
    addHit(counts, 0, 'a', null); // 1 row
    addHit(counts, 0, 'a', 'x'); // none
    addHit(counts, 300_000, 'a', 'x'); // 2 rows
    expect(counts.rows).toBe(5);
  });

  it('takes memory for keys, not for events', () => {
    const counts = createCounts();
    addHit(counts, 0, 'host', 'x');
    const before = counts.stateBytes;
    for (let i = 0; i < 1000; i++) addHit(counts, 0, 'host', 'x');
    expect(counts.stateBytes).toBe(before);
    addHit(counts, 0, 'host', 'y'.repeat(1000));
    expect(counts.stateBytes - before).toBeGreaterThanOrEqual(1000);
  });

  it('has no names of its own: __proto__ is a host like any other', () => {
    const counts = createCounts();
    addHit(counts, 0, '__proto__', 'constructor');
    expect(counts.windows.get(0)?.get('__proto__')?.byReferrer.get('constructor')?.hits).toBe(1);
  });
});
