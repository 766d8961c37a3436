import { describe, expect, it } from 'vitest';
import { beside, count, seconds } from '../../../../scripts/report/figures-text.ts';

describe('figures as text', () => {
  it.each([
    [seconds(999.4), '999 ms'],
    [seconds(1_000), '1.00 s'],
    [beside(count, 1_000, 990), '1,000 (990)'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });
});
