import { describe, expect, it } from 'vitest';
import { formatAmount } from '#text/format-amount.ts';

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
