import { describe, expect, it } from 'vitest';
import { formatSpan, formatSpans } from '#text/format-span.ts';

describe('formatSpan', () => {
  it.each([
    [0, '0 seconds'],
    [0.04, '0 seconds'],
    [0.3, '0.3 seconds'],
    [1, '1 second'],
    [1.04, '1 second'],
    [1.06, '1.1 seconds'],
    [59.94, '59.9 seconds'],
    [59.97, '1 minute'],
    [60, '1 minute'],
    [156, '2.6 minutes'],
    [420, '7 minutes'],
    [3_540, '59 minutes'],
    [3_598, '1 hour'],
    [3_600, '1 hour'],
    [5_700, '95 minutes'],
    [7_198, '2 hours'],
    [7_200, '2 hours'],
    [62_220, '17.3 hours'],
    [86_400, '1 day'],
    [129_600, '36 hours'],
    [172_800, '2 days'],
    [864_000_000, '10,000 days'],
  ])('says %d s as %s', (seconds, text) => {
    expect(formatSpan(seconds)).toBe(text);
  });

  it('refuses what is no number', () => {
    expect(() => formatSpan(Number.NaN)).toThrow("Invalid span 'NaN'");
  });
});

describe('formatSpans', () => {
  it.each([
    [360, 540, '6 to 9 minutes'],
    [60, 300, '1 to 5 minutes'],
    [3_000, 7_200, '50 minutes to 2 hours'],
    [3_600, 86_400, '1 hour to 1 day'],
  ])('says %d to %d s as %s', (from, to, text) => {
    expect(formatSpans(from, to)).toBe(text);
  });
});
