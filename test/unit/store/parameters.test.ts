import { describe, expect, it } from 'vitest';
import { withParameters } from '#functions/store/parameters.ts';

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
