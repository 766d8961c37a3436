import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDollarDifference,
  formatDollars,
  formatMs,
  formatNumber,
  formatSeconds,
  formatShare,
} from '#report/words/figures.ts';

describe('figures', () => {
  it.each([
    [0, '$0.00'],
    [3.1, '$3.10'],
    [0.004, 'under $0.01'],
    [-0.004, 'under −$0.01'],
    [-0.25, '−$0.25'],
    [999.994, '$999.99'],
    [1_234.5, '$1,235'],
  ])('says %d USD as %s', (usd, text) => {
    expect(formatDollars(usd)).toBe(text);
  });

  it('says which way a difference goes', () => {
    expect([2, -2, 0].map(formatDollarDifference)).toEqual(['+$2.00', '−$2.00', '$0.00']);
  });

  it.each([
    [0, '0 ms'],
    [1.25, '1.3 ms'],
    [480.4, '480 ms'],
    [1_240, '1.24 s'],
    [59_999, '60 s'],
    [246_000, '4.1 minutes'],
  ])('says %d ms as %s', (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });

  it('says shares, sizes and counts', () => {
    expect([0.0512, 0.5, 1].map(formatShare)).toEqual(['5.1 %', '50 %', '100 %']);
    expect([999, 5_820_000, 1.5e9].map(formatBytes)).toEqual(['999 bytes', '5.82 MB', '1.5 GB']);
    expect([0, 0.014, 12_345].map(formatNumber)).toEqual(['0', '0.014', '12,300']);
    expect(formatSeconds(90)).toBe('1.5 minutes');
  });

  it('says a dash for what is no figure, and never NaN or Infinity', () => {
    const figures = fc.oneof(
      fc.double({ min: -1e12, max: 1e12 }),
      fc.constantFrom(null, undefined, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    );
    const formats = [formatDollars, formatDollarDifference, formatCount, formatNumber, formatShare];
    fc.assert(
      fc.property(figures, (figure) => {
        for (const format of formats) {
          const text = format(figure);
          expect(text).toMatch(/^[\d–−+$]|^under /);
          expect(text).not.toMatch(/^[−-]0(\.0+)?$|NaN|∞|undefined/);
          if (!Number.isFinite(figure)) expect(text).toBe('–');
        }
      }),
    );
  });
});
