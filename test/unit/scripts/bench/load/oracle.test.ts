import { describe, expect, it } from 'vitest';
import { createOracle } from '#bench/load/oracle.ts';

describe('createOracle', () => {
  it('counts by window and host, and by referrer with null and empty apart', () => {
    const oracle = createOracle(5_000);
    for (const referrer of [null, '', null, 'r']) oracle.add({ eventTimeMs: 7_000, host: 'a', referrer });
    oracle.add({ eventTimeMs: 10_000, host: '__proto__', referrer: null });
    expect([...oracle.rows('byHost')]).toEqual([
      { windowStartMs: 5_000, host: 'a', hits: 4 },
      { windowStartMs: 10_000, host: '__proto__', hits: 1 },
    ]);
    expect([...oracle.rows('bySource')]).toEqual([
      { windowStartMs: 5_000, host: 'a', referrer: null, hits: 2 },
      { windowStartMs: 5_000, host: 'a', referrer: '', hits: 1 },
      { windowStartMs: 5_000, host: 'a', referrer: 'r', hits: 1 },
      { windowStartMs: 10_000, host: '__proto__', referrer: null, hits: 1 },
    ]);
    expect(oracle.byHost().get(5_000)?.get('a')).toBe(4);
  });

  it.each([
    [0, 0],
    [4_999, 0],
    [5_000, 5_000],
    [-1, -5_000],
    [-5_000, -5_000],
    [-5_001, -10_000],
  ])('puts an event at %d ms into the window from %d ms', (eventTimeMs, windowStartMs) => {
    const oracle = createOracle(5_000);
    oracle.add({ eventTimeMs, host: 'a', referrer: null });
    expect([...oracle.byHost().keys()]).toEqual([windowStartMs]);
  });

  it('counts malformed lines apart', () => {
    const oracle = createOracle(5_000);
    oracle.add(null);
    oracle.add({ eventTimeMs: 0, host: 'a', referrer: null });
    expect(oracle.totals()).toEqual({ lines: 2, events: 1, malformed: 1 });
  });
});
