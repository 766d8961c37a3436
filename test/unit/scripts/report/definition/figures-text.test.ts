import { describe, expect, it } from 'vitest';
import { beside, renderMs } from '#report/definition/figures-text.ts';
import { formatCount } from '#text/format-count.ts';

describe('figures as text', () => {
  it.each([
    [renderMs(999.4), '999 ms'],
    [renderMs(1_000), '1.00 s'],
    [beside(formatCount, 1_000, 990), '1,000 (990)'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });
});
