import { describe, expect, it } from 'vitest';
import { sayAmount, saySeconds, sayShare } from '#text/limit-figures.ts';

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
