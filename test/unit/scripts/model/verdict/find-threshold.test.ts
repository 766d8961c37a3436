import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findEarliest, findLatest, findThreshold } from '#model/verdict/find-threshold.ts';

const DAY = 86_400;
const minutes = fc.integer({ min: 1, max: 1_440 });

describe('findThreshold', () => {
  it('is null where the batch is never better up to a day', () => {
    expect(findThreshold(() => false)).toEqual({ thresholdSeconds: null, streamAgainSeconds: null });
  });

  it('is a minute where the batch is better from the smallest window on', () => {
    expect(findThreshold(() => true)).toEqual({ thresholdSeconds: 60, streamAgainSeconds: null });
  });

  it('finds any minute at which the answer flips', () => {
    fc.assert(
      fc.property(minutes, (minute) => {
        expect(findThreshold((window) => window >= minute * 60)).toEqual({
          thresholdSeconds: minute * 60,
          streamAgainSeconds: null,
        });
      }),
    );
  });

  it('is the first crossing on the grid: one there and back between two windows of it is not seen', () => {
    // 15 and 20 minutes are on the grid, 16 to 18 minutes between them
    expect(findThreshold((window) => (window >= 960 && window <= 1_080) || window >= 3_600)).toEqual({
      thresholdSeconds: 3_600,
      streamAgainSeconds: null,
    });
  });

  it('says from where streaming is better again', () => {
    // 7 minutes to 2 hours: freshness outweighs what the batch saves from 121 minutes on
    expect(findThreshold((window) => window >= 420 && window <= 7_200)).toEqual({
      thresholdSeconds: 420,
      streamAgainSeconds: 7_260,
    });
  });

  it('lets streaming be better again only beyond the error', () => {
    // 20 and 25 minutes lean to streaming, but not for sure; 10 hours do, and the lean to it begins after 300 minutes
    const leans = (window: number): boolean =>
      window >= 420 && window !== 1_200 && window !== 1_500 && window <= 18_000;
    const holds = (window: number): boolean => leans(window) || window < 36_000;
    expect(findThreshold(leans, holds)).toEqual({ thresholdSeconds: 420, streamAgainSeconds: 18_060 });
    expect(findThreshold(leans, () => true)).toEqual({ thresholdSeconds: 420, streamAgainSeconds: null });
  });

  it('keeps to multiples of a step, and begins at the first of them', () => {
    expect(findThreshold((window) => window >= 23 * 60, undefined, 10).thresholdSeconds).toBe(30 * 60);
    expect(findThreshold((window) => window >= 23 * 60, undefined, 2).thresholdSeconds).toBe(24 * 60);
    expect(findThreshold(() => true, undefined, 10).thresholdSeconds).toBe(600);
  });

  it('stands where the answer flips, however uneven the difference is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1_440 }), fc.integer({ min: 2, max: 9 }), (minute, tick) => {
        const judge = (window: number): boolean => window / 60 >= minute + ((window / 60) % tick === 0 ? 0 : 3);
        const { thresholdSeconds } = findThreshold(judge);
        if (thresholdSeconds === null) return;
        expect(judge(thresholdSeconds)).toBe(true);
        expect(judge(thresholdSeconds - 60)).toBe(false);
      }),
    );
  });
});

describe('findEarliest', () => {
  it('goes down to where a favouring judge stops', () => {
    expect(findEarliest(3_600, (window) => window >= 1_020)).toBe(1_020);
    expect(findEarliest(420, (window) => window >= 420)).toBe(420);
  });

  it('ends at the smallest window', () => {
    expect(findEarliest(420, () => true)).toBe(60);
    expect(findEarliest(60, () => true)).toBe(60);
  });

  it('stops at the first break: what lies before it is no part of the band', () => {
    expect(findEarliest(3_600, (window) => window >= 1_800 || window < 600)).toBe(1_800);
  });
});

describe('findLatest', () => {
  it('goes up to where a judge who favours streaming gives in', () => {
    expect(findLatest(420, null, (window) => window >= 540)).toBe(540);
    expect(findLatest(420, null, () => true)).toBe(420);
  });

  it('is null where that never happens, or only where streaming is better again', () => {
    expect(findLatest(420, null, () => false)).toBeNull();
    expect(findLatest(420, 7_200, (window) => window >= 7_260)).toBeNull();
    expect(findLatest(DAY, null, () => false)).toBeNull();
  });
});
