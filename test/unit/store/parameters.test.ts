import { describe, expect, it } from 'vitest';
import { toTimestamp, withParameters } from '#functions/store/parameters.ts';

describe('withParameters', () => {
  const { text, valuesOf } = withParameters('select :b::text, :a::int[], a.b[1:2], :b from t where :a_2 > 0');

  it('numbers each name once, in the order of the text, and leaves casts and slices alone', () => {
    expect(text).toBe('select $1::text, $2::int[], a.b[1:2], $1 from t where $3 > 0');
    expect(valuesOf({ a: [1], a_2: 3, b: null })).toEqual([null, [1], 3]);
  });

  it('refuses a value that is missing, and one that no parameter takes', () => {
    expect(() => valuesOf({ a: 1, b: 2 })).toThrow('Missing parameter :a_2: expected a value, or null');
    expect(() => valuesOf({ a: 1, a_2: 2, b: 3, c: 4 })).toThrow('Unknown parameter :c: the statement has b, a, a_2');
  });
});

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
