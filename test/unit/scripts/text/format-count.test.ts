import { describe, expect, it } from 'vitest';
import { formatCount } from '#text/format-count.ts';

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [999.5, '1,000'],
    [1_234_567, '1,234,567'],
  ])('writes %d as a whole number', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });
});
