import { describe, expect, it } from 'vitest';
import type { Choice } from '#model/verdict/choice.ts';
import { mergeCoinciding, sayCoinciding } from '#report/page/sections/settings.ts';
import { batchChoice, impossible, streamChoice } from '#test/unit/scripts/model/verdict/choices.ts';

const full = { fullAfterSeconds: 20, freshnessSeconds: 10, costUsd: 92 };
const minute = streamChoice({ ...full, batchingWindowSeconds: 60 });
const fiveMinutes = streamChoice({ ...full, batchingWindowSeconds: 300 });
const tenSeconds = streamChoice({ ...full, batchingWindowSeconds: 10, freshnessSeconds: 6 });
const batch = batchChoice({ freshnessSeconds: 10, costUsd: 92 });

const merged = (...choices: Choice[]) => mergeCoinciding(choices.map((choice) => ({ choice, onFront: true })));

describe('mergeCoinciding', () => {
  it('makes one point of settings of a path with the same figures, and keeps their order', () => {
    expect(merged(tenSeconds, minute, batch, fiveMinutes)).toEqual([
      { choice: tenSeconds, onFront: true, others: [] },
      { choice: minute, onFront: true, others: [fiveMinutes] },
      { choice: batch, onFront: true, others: [] },
    ]);
  });

  it.each<[string, Partial<Choice>]>([
    ['cost', { costUsd: 92.01 }],
    ['freshness', { freshnessSeconds: 10.1 }],
    ['finality', { finalitySeconds: 18 }],
  ])('leaves apart what differs in %s', (_, changes) => {
    expect(merged(minute, { ...fiveMinutes, ...changes })).toHaveLength(2);
  });

  it('leaves apart what can’t work', () => {
    expect(merged(impossible(minute), impossible(fiveMinutes))).toHaveLength(2);
  });
});

describe('sayCoinciding', () => {
  it('names the settings and what makes them the same', () => {
    const tenMinutes = { ...minute, batchingWindowSeconds: 600 };
    expect(sayCoinciding(merged(tenSeconds, minute, fiveMinutes, tenMinutes))).toBe(
      ' Batching windows of 1 minute, 5 minutes and 10 minutes come to the same: a shard fills a batch in 20 seconds, before they end.',
    );
  });

  it('says nothing where each setting is a point of its own', () => {
    expect(sayCoinciding(merged(tenSeconds, minute, batch))).toBe('');
  });
});
