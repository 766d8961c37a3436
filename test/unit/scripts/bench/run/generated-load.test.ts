import { describe, expect, it } from 'vitest';
import { generateLoad, type LoadShape } from '#bench/run/generated-load.ts';

const SHAPE: LoadShape = {
  seed: 1,
  rate: 100,
  hosts: 3,
  referrers: 2,
  hostSkew: 0,
  referrerSkew: 0,
  nullReferrers: 0,
  outOfOrder: 0,
  outOfOrderBy: undefined,
  lateShare: 0,
  malformed: 0,
  partitionBy: 'random',
};
const TIMES = { startMs: 1_000_000, durationMs: 10_000, windowMs: 60_000, boundMs: 5_000 };

/** How far behind their intended time the events are, ms. */
function delaysOf(shape: Partial<LoadShape>): number[] {
  return [...generateLoad({ ...SHAPE, ...shape }, TIMES)].flatMap(({ offsetMs, event }) =>
    event === null ? [] : [TIMES.startMs + offsetMs - event.eventTimeMs],
  );
}

describe('generateLoad', () => {
  it('has so many lines a second, from the start on', () => {
    const lines = [...generateLoad(SHAPE, TIMES)];
    expect(lines).toHaveLength(1_000);
    expect([lines[0]?.offsetMs, lines.at(-1)?.offsetMs]).toEqual([0, 9_990]);
    expect(lines[0]?.event?.eventTimeMs).toBe(1_000_000);
  });

  it.each([
    [undefined, 5_000],
    [20_000, 20_000],
  ])('puts events out of order by %s ms, or by the bound', (outOfOrderBy, mostMs) => {
    const delays = delaysOf({ outOfOrder: 1, outOfOrderBy });
    expect(Math.max(...delays)).toBeLessThanOrEqual(mostMs);
    expect(Math.max(...delays)).toBeGreaterThan(mostMs * 0.9);
  });

  it('makes late ones later than window + bound', () => {
    expect(Math.min(...delaysOf({ lateShare: 1 }))).toBeGreaterThan(65_000);
  });

  it('refuses a rate that there is not', () => {
    expect(() => generateLoad({ ...SHAPE, rate: 0 }, TIMES)).toThrow("Invalid rate '0'");
  });
});
