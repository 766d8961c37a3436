import { describe, expect, it } from 'vitest';
import { STANDARD } from '#model/parameters.ts';
import { isEasedByMemory, moreMemory } from '#model/verdict/more-memory.ts';

describe('moreMemory', () => {
  it.each([
    [1_024, [1_769, 3_008]],
    [1_769, [3_008]],
    [3_008, []],
    [10_240, []],
  ])('is what lies above %d MB: a whole core, then what any account may have', (deployedMb, tried) => {
    expect(moreMemory(STANDARD, deployedMb)).toEqual(tried);
  });
});

describe('isEasedByMemory', () => {
  it('is true of what CPU and memory are short of, not of shards, connections or retention', () => {
    expect(isEasedByMemory(['interval'])).toBe(true);
    expect(isEasedByMemory(['shards', 'read-calls'])).toBe(true);
    expect(isEasedByMemory(['shards', 'connections', 'retention', 'acu', 'read-bytes'])).toBe(false);
    expect(isEasedByMemory([])).toBe(false);
  });
});
