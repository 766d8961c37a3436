import { describe, expect, it } from 'vitest';
import { formatAmount } from '#text/format-amount.ts';
import { plural } from '#text/plural.ts';

describe('plural', () => {
  it.each([
    [1, '1 event'],
    [0, '0 events'],
    [2, '2 events'],
    [1_000, '1,000 events'],
    [1.5, '1.5 events'],
    [0.0123, '0.012 events'],
    [0.999, '1 event'],
    [84, '84 events'],
    [1_200, '1,200 events'],
  ])('says %d of something', (count, expected) => {
    expect(plural(count, 'event')).toBe(expected);
  });

  it('says it as it is told to', () => {
    expect([1, 1.25, 466.7].map((shards) => plural(shards, 'shard', formatAmount))).toEqual([
      '1 shard',
      '1.25 shards',
      '467 shards',
    ]);
  });
});
