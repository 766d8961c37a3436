import { describe, expect, it } from 'vitest';
import { assignFolds } from '#model/fit/fit-times.ts';

type Item = { size: number };

const bySize = (a: Item, b: Item): number => a.size - b.size;
const items = (count: number): Item[] => Array.from({ length: count }, (_, size) => ({ size }));

describe('assignFolds', () => {
  it('gives every three in a row one fold each', () => {
    const given = items(30);
    const folds = assignFolds(given, bySize);
    for (let i = 0; i < given.length; i += 3) {
      const three = given.slice(i, i + 3).map((item) => folds.get(item));
      expect(three.sort()).toEqual([0, 1, 2]);
    }
  });

  it('keeps no third item out of step: a load that repeats in threes is in all folds', () => {
    const given = items(90);
    const folds = assignFolds(given, bySize);
    for (const kind of [0, 1, 2]) {
      const ofKind = given.filter(({ size }) => size % 3 === kind).map((item) => folds.get(item));
      expect(new Set(ofKind)).toEqual(new Set([0, 1, 2]));
    }
  });

  it('splits the same items alike, in whatever order they come', () => {
    const given = items(20);
    const sorted = assignFolds(given, bySize);
    const reversed = assignFolds([...given].reverse(), bySize);
    expect(given.map((item) => reversed.get(item))).toEqual(given.map((item) => sorted.get(item)));
  });

  it('spreads what is left over folds of their own', () => {
    const folds = assignFolds(items(5), bySize);
    expect(folds.size).toBe(5);
    expect(new Set([...folds.values()].slice(3)).size).toBe(2);
  });
});
