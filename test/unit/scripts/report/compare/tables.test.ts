import { describe, expect, it } from 'vitest';
import type { Unit } from '#report/compare/metric.ts';
import { formatDifference, formatValue } from '#report/compare/tables.ts';

describe('formatValue', () => {
  it.each<[Unit, number | null, string]>([
    ['ms', 541.23, '541 ms'],
    ['ms', 2_645, '2.65 s'],
    ['ms', 1_234_567, '1,234.57 s'],
    ['ms', -0.2, '0 ms'],
    ['s', 480, '8 minutes'],
    ['s', null, 'none up to a day'],
    ['rows per final row', 2.194, '2.19'],
    ['per million events', 4_059.7, '4,060'],
    ['per million events', 12.34, '12.3'],
    ['ms per 1,000 events', 11.53, '11.5 ms'],
    ['ms per 1,000 events', 191.2, '191 ms'],
    ['USD a month', 1_053.1, '1,053.10 USD'],
    ['events/s', 40_000.4, '40,000/s'],
  ])('writes %s of %d as %s', (unit, value, text) => {
    expect(formatValue(unit, value)).toBe(text);
  });
});

describe('formatDifference', () => {
  it.each<[Unit, number | null, number | null, string]>([
    ['ms', 2_104, 3.892, '+2.10 s (+389.2 %)'],
    ['ms', -25, -0.009, '-25 ms (-0.9 %)'],
    ['rows per final row', -0.574, -0.263, '-0.57 (-26.3 %)'],
    ['USD a month', 5, null, '+5.00 USD'],
    ['s', -120, -0.25, '-2 minutes (-25.0 %)'],
    ['s', null, null, '–'],
    ['events/s', 0, 0, 'none'],
    ['events/s', 1_234, 123.4, '+1,234/s (+12,340.0 %)'],
  ])('writes %s of %d and a share of %d as %s', (unit, difference, share, text) => {
    expect(formatDifference(unit, difference, share)).toBe(text);
  });
});
