import { describe, expect, it } from 'vitest';
import { createZipf } from '#bench/load/generator.ts';
import { createOracle } from '#bench/load/oracle.ts';
import { measureKeys } from '#model/fit/measure-keys.ts';
import { createRandom, toUnit } from '#model/statistics/random.ts';
import type { KeyGroup } from '#model/workload/key-groups.ts';
import { type MeasuredKeys, tabulateRows } from '#model/workload/keys.ts';

type Draw = { host: string; referrer: string | null };

/** Hosts and referrers as a log has them: few often, most hardly ever. */
function drawEvents(count: number, seed: number): Draw[] {
  const random = createRandom(seed);
  const pickHost = createZipf(2_000, 1);
  const pickReferrer = createZipf(50, 1);
  return Array.from({ length: count }, () => {
    const referrer = pickReferrer(toUnit(random()));
    return { host: `h${pickHost(toUnit(random()))}`, referrer: referrer === 0 ? null : `r${referrer}` };
  });
}

function keysOf(events: readonly Draw[], windowMs = 1_000): MeasuredKeys {
  const oracle = createOracle(windowMs);
  for (const [index, event] of events.entries()) oracle.add({ ...event, eventTimeMs: index });
  const keys = measureKeys(oracle);
  if (keys === null) throw new Error('no events');
  return keys;
}

function distinctOf(events: readonly Draw[]): number {
  return new Set(events.map(({ host }) => host)).size + new Set(events.map((event) => JSON.stringify(event))).size;
}

function weigh(groups: readonly KeyGroup[]): number {
  return groups.reduce((sum, { probability, keys }) => sum + probability * keys, 0);
}

describe('measureKeys', () => {
  it('adds up what a key got in all windows, and takes a null referrer for one of its own', () => {
    const a = { host: 'a', referrer: null };
    const b = { host: 'b', referrer: 'null' };
    const oneWindowEach = keysOf([a, a, a, b, b, b, { host: 'b', referrer: null }, b, a, b, b, a], 1);
    expect(oneWindowEach).toMatchObject({ kind: 'measured', hosts: 2, events: 12 });
    expect(oneWindowEach.byHost).toEqual([
      { probability: 5 / 12, keys: 1 },
      { probability: 7 / 12, keys: 1 },
    ]);
    expect(oneWindowEach.bySource).toHaveLength(3);
  });

  it('holds back nothing of the weight, in at most 300 groups', () => {
    const keys = keysOf(drawEvents(200_000, 1));
    for (const groups of [keys.byHost, keys.bySource]) {
      expect(groups.length).toBeLessThanOrEqual(300);
      expect(weigh(groups)).toBeCloseTo(1, 9);
    }
  });

  it.each([
    [100, 0.02],
    [1_000, 0.02],
    [10_000, 0.06], // as many as were seen
    [20_000, 0.12],
  ])('expects the rows of %i events within %f, from 10,000 others', (events, within) => {
    const keys = keysOf(drawEvents(10_000, 2));
    const draws = drawEvents(100_000, 3);
    const parts = Array.from({ length: draws.length / events }, (_, i) => draws.slice(i * events, (i + 1) * events));
    const rows = parts.reduce((sum, part) => sum + distinctOf(part), 0) / parts.length;
    expect(Math.abs(tabulateRows(keys)(events) / rows - 1)).toBeLessThan(within);
  });

  it('knows no keys of a load without events', () => {
    const oracle = createOracle(1_000);
    oracle.add(null);
    expect(measureKeys(oracle)).toBeNull();
  });
});
