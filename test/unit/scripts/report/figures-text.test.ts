import { describe, expect, it } from 'vitest';
import { beside, count, counted, percent, seconds } from '../../../../scripts/report/figures-text.ts';

describe('figures as text', () => {
  it.each([
    [seconds(999.4), '999 ms'],
    [seconds(1_000), '1.00 s'],
    [percent(0), '0 %'],
    [percent(0.0123), '1.2 %'],
    [percent(0.0999), '10 %'],
    [percent(0.456), '46 %'],
    [percent(12.3), '1,230 %'],
    [counted(1, 'window'), '1 window'],
    [counted(1_200, 'window'), '1,200 windows'],
    [beside(count, 1_000, 990), '1,000 (990)'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });
});
