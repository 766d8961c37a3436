import { describe, expect, it } from 'vitest';
import { costTheSame, formatSmallUsd, formatUsd } from '#text/format-usd.ts';

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
