import { describe, expect, it } from 'vitest';
import { toTimestamp } from '#functions/store/timestamp.ts';

describe('toTimestamp', () => {
  it.each([
    [0, '1970-01-01T00:00:00.000'],
    [-1, '1969-12-31T23:59:59.999'],
    [-62_135_510_400_000, '0001-01-02T00:00:00.000'],
    [253_402_300_799_999, '9999-12-31T23:59:59.999'],
    [Number.NEGATIVE_INFINITY, null],
  ])('writes %d as %j', (epochMs, text) => {
    expect(toTimestamp(epochMs)).toBe(text);
  });
});
