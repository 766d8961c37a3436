import { describe, expect, it } from 'vitest';
import { sayBatchingWindow, sayMemory, saySetting, saySooner } from '#report/words/setting.ts';
import { batchChoice, streamChoice } from '#test/unit/scripts/model/verdict/choices.ts';

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

describe('saySetting', () => {
  const MORE = { memoryMb: 1_769, memoryRaised: true };

  it.each([
    [streamChoice(), ''],
    [streamChoice(MORE), ' with 1,769 MB'],
    [streamChoice({ batchingWindowSeconds: 60 }), ' with a batching window of 60 s'],
    [streamChoice({ batchSize: 10_000 }), ' with 10,000 records a batch'],
    [
      streamChoice({ batchingWindowSeconds: 60, batchSize: 10_000 }),
      ' with a batching window of 60 s and 10,000 records a batch',
    ],
    [
      streamChoice({ ...MORE, batchingWindowSeconds: 60, batchSize: 10_000 }),
      ' with 1,769 MB, a batching window of 60 s and 10,000 records a batch',
    ],
    [batchChoice(MORE), ' with 1,769 MB'],
    [batchChoice(), ''],
  ])('says what is not as deployed, and a batching window: case %#', (choice, said) => {
    expect(saySetting(choice, 1_000)).toBe(said);
  });
});

describe('saySooner', () => {
  it.each([
    [228, '3.8 minutes sooner'],
    [-60, '1 minute later'],
    [0.05, '0.1 seconds sooner'],
    [0.049, 'at the same time'],
    [-0.049, 'at the same time'],
  ])('says %d s as %s', (seconds, text) => {
    expect(saySooner(seconds)).toBe(text);
  });
});
