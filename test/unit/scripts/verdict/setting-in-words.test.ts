import { describe, expect, it } from 'vitest';
import { sayBatchingWindow, sayMemory } from '../../../../scripts/verdict/setting-in-words.ts';
import { streamChoice } from './choices.ts';

describe('sayMemory', () => {
  it('names memory only where what is deployed would not do', () => {
    expect(sayMemory(streamChoice({ memoryMb: 1_769, memoryRaised: true }))).toBe(' with 1,769 MB');
    expect(sayMemory(streamChoice({ memoryMb: 1_769 }))).toBe('');
  });
});

describe('sayBatchingWindow', () => {
  it.each([
    [null, 35, 'none'],
    [0, 0.1, 'none'],
    [10, 20, '10 seconds'],
    [60, 45, '1 minute'], // a quarter off is still near
    [60, 44.9, '1 minute, full after 45 seconds'],
    [60, 35.6, '1 minute, full after 36 seconds'],
    [10, 1.78, '10 seconds, full after 1.8 seconds'],
    [60, null, '1 minute'],
  ])('says a batching window of %s s that is full after %s s', (batchingWindowSeconds, fullAfterSeconds, said) => {
    expect(sayBatchingWindow({ batchingWindowSeconds, fullAfterSeconds })).toBe(said);
  });
});
