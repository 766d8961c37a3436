import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSearch,
  findEarliest,
  findLatest,
  findThreshold,
  mapSearch,
  type Threshold,
} from '#model/verdict/find-threshold.ts';

type Judge = (windowSeconds: number) => boolean;
type AtWindow = { readonly windowSeconds: number };

const SEARCH = createSearch((windowSeconds) => ({ windowSeconds }));
const judge =
  (isBatchBetter: Judge) =>
  ({ windowSeconds }: AtWindow): boolean =>
    isBatchBetter(windowSeconds);

const find = (isBatchBetter: Judge, favoursBatch = isBatchBetter, stepMinutes = 1): Threshold =>
  findThreshold(
    createSearch((windowSeconds) => ({ windowSeconds }), stepMinutes),
    judge(isBatchBetter),
    judge(favoursBatch),
  );
const earliest = (thresholdSeconds: number, favoursBatch: Judge): number =>
  findEarliest(SEARCH, thresholdSeconds, judge(favoursBatch));
const latest = (thresholdSeconds: number, beforeSeconds: number | null, favoursStream: Judge): number | null =>
  findLatest(SEARCH, thresholdSeconds, beforeSeconds, judge(favoursStream));

const DAY = 86_400;
const minutes = fc.integer({ min: 1, max: 1_440 });

describe('findThreshold', () => {
  it('is null where the batch is never better up to a day', () => {
    expect(find(() => false)).toEqual({ thresholdSeconds: null, streamAgainSeconds: null });
  });

  it('is a minute where the batch is better from the smallest window on', () => {
    expect(find(() => true)).toEqual({ thresholdSeconds: 60, streamAgainSeconds: null });
  });

  it('finds any minute at which the answer flips', () => {
    fc.assert(
      fc.property(minutes, (minute) => {
        expect(find((window) => window >= minute * 60)).toEqual({
          thresholdSeconds: minute * 60,
          streamAgainSeconds: null,
        });
      }),
    );
  });

  it('is the first crossing on the grid: one there and back between two windows of it is not seen', () => {
    // 15 and 20 minutes are on the grid, 16 to 18 minutes between them
    expect(find((window) => (window >= 960 && window <= 1_080) || window >= 3_600)).toEqual({
      thresholdSeconds: 3_600,
      streamAgainSeconds: null,
    });
  });

  it('says from where streaming is better again', () => {
    // 7 minutes to 2 hours: freshness outweighs what the batch saves from 121 minutes on
    expect(find((window) => window >= 420 && window <= 7_200)).toEqual({
      thresholdSeconds: 420,
      streamAgainSeconds: 7_260,
    });
  });

  it('lets streaming be better again only beyond the error', () => {
    // 20 and 25 minutes lean to streaming, but not for sure; 10 hours do, and the lean to it begins after 300 minutes
    const leans = (window: number): boolean =>
      window >= 420 && window !== 1_200 && window !== 1_500 && window <= 18_000;
    const holds = (window: number): boolean => leans(window) || window < 36_000;
    expect(find(leans, holds)).toEqual({ thresholdSeconds: 420, streamAgainSeconds: 18_060 });
    expect(find(leans, () => true)).toEqual({ thresholdSeconds: 420, streamAgainSeconds: null });
  });

  it('keeps to multiples of a step, and begins at the first of them', () => {
    expect(find((window) => window >= 23 * 60, undefined, 10).thresholdSeconds).toBe(30 * 60);
    expect(find((window) => window >= 23 * 60, undefined, 2).thresholdSeconds).toBe(24 * 60);
    expect(find(() => true, undefined, 10).thresholdSeconds).toBe(600);
  });

  it('stands where the answer flips, however uneven the difference is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1_440 }), fc.integer({ min: 2, max: 9 }), (minute, tick) => {
        const flips = (window: number): boolean => window / 60 >= minute + ((window / 60) % tick === 0 ? 0 : 3);
        const { thresholdSeconds } = find(flips);
        if (thresholdSeconds === null) return;
        expect(flips(thresholdSeconds)).toBe(true);
        expect(flips(thresholdSeconds - 60)).toBe(false);
      }),
    );
  });
});

describe('createSearch', () => {
  it('asks for each window of the grid once, and mapping it asks for none again', () => {
    const asked: number[] = [];
    const search = createSearch((windowSeconds) => {
      asked.push(windowSeconds);
      return windowSeconds;
    });
    const doubled = mapSearch(search, (windowSeconds) => windowSeconds * 2);
    expect(asked).toEqual([...new Set(asked)]);
    expect(asked).toEqual(search.grid);
    expect(doubled.grid).toEqual(asked.map((windowSeconds) => windowSeconds * 2));
    expect(doubled.at(660)).toBe(1_320);
  });
});

describe('findEarliest', () => {
  it('goes down to where a favouring judge stops', () => {
    expect(earliest(3_600, (window) => window >= 1_020)).toBe(1_020);
    expect(earliest(420, (window) => window >= 420)).toBe(420);
  });

  it('ends at the smallest window', () => {
    expect(earliest(420, () => true)).toBe(60);
    expect(earliest(60, () => true)).toBe(60);
  });

  it('stops at the first break: what lies before it is no part of the band', () => {
    expect(earliest(3_600, (window) => window >= 1_800 || window < 600)).toBe(1_800);
  });
});

describe('findLatest', () => {
  it('goes up to where a judge who favours streaming gives in', () => {
    expect(latest(420, null, (window) => window >= 540)).toBe(540);
    expect(latest(420, null, () => true)).toBe(420);
  });

  it('is null where that never happens, or only where streaming is better again', () => {
    expect(latest(420, null, () => false)).toBeNull();
    expect(latest(420, 7_200, (window) => window >= 7_260)).toBeNull();
    expect(latest(DAY, null, () => false)).toBeNull();
  });
});
