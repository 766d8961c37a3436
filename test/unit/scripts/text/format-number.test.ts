import { describe, expect, it } from 'vitest';
import {
  costTheSame,
  formatAmount,
  formatCount,
  formatPercent,
  formatSmallUsd,
  formatUsd,
  plural,
  sayAmount,
  saySeconds,
  sayShare,
} from '#text/format-number.ts';

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [999.5, '1,000'],
    [1_234_567, '1,234,567'],
  ])('writes %d as a whole number', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });
});

describe('formatAmount', () => {
  it.each([
    [0, '0'],
    [0.254, '0.25'],
    [99.999, '100'],
    [466.7, '467'],
    [1_234_567.8, '1,234,568'],
  ])('writes %d as %s', (amount, text) => {
    expect(formatAmount(amount)).toBe(text);
  });
});

describe('formatPercent', () => {
  it.each([
    [0, '0 %'],
    [0.0123, '1.2 %'],
    [0.0999, '10 %'],
    [0.456, '46 %'],
    [12.3, '1,230 %'],
  ])('says a share of %d as %s', (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });
});

describe('formatUsd', () => {
  it.each([
    [3.1, '3.10'],
    [1_234.5, '1,234.50'],
    [-0.004, '0.00'],
    [-0.006, '-0.01'],
    [0, '0.00'],
  ])('writes %d as %s', (usd, text) => {
    expect(formatUsd(usd)).toBe(text);
  });
});

describe('formatSmallUsd', () => {
  it.each([
    [0, '0.0000'],
    [0.01234, '0.0123'],
    [0.1, '0.10'],
    [12.345, '12.35'],
  ])('writes %d as %s', (usd, text) => {
    expect(formatSmallUsd(usd)).toBe(text);
  });
});

describe('costTheSame', () => {
  it('holds below a cent, and not from there on', () => {
    expect(costTheSame(10, 10.009)).toBe(true);
    expect(costTheSame(10.02, 10)).toBe(false);
  });
});

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

describe('sayAmount', () => {
  it.each([
    [0, '0'],
    [0.01234, '0.0123'],
    [1.5, '1.5'],
    [12.345, '12.3'],
    [999.6, '1,000'],
    [1_234_567, '1,234,567'],
  ])('writes %d with three digits that tell something', (value, text) => {
    expect(sayAmount(value)).toBe(text);
  });
});

describe('sayShare', () => {
  it('is of a hundred', () => {
    expect(sayShare(0.725)).toBe('72.5 %');
  });
});

describe('saySeconds', () => {
  it.each([
    [0.42, '0.42 s'],
    [59, '59 s'],
    [60, '1 min'],
    [165, '165 s'],
    [300, '5 min'],
    [3_600, '1 h'],
    [3_900, '65 min'],
    [9_000, '2.5 h'],
  ])('writes %d s as it is said', (value, text) => {
    expect(saySeconds(value)).toBe(text);
  });
});
