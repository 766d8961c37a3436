import { describe, expect, it } from 'vitest';
import { formatPercent } from '#text/format-percent.ts';

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
