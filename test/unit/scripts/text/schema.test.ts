import { describe, expect, it } from 'vitest';
import {
  amount,
  anyObject,
  byKind,
  described,
  divisor,
  extend,
  findMisfit,
  flag,
  listOf,
  meaningOf,
  misfitInWords,
  nameOf,
  number,
  object,
  oneOf,
  orNull,
  pairOf,
  partial,
  record,
  type Schema,
  share,
  size,
  someOf,
  text,
  typeInWords,
  unitOf,
  within,
} from '#text/schema.ts';

const POINT = object({ x: number(), label: orNull(text()) }, 'point');
const KINDS = byKind(
  object({ kind: oneOf(['line']), from: POINT }),
  object({ kind: oneOf(['circle']), radius: within(1, 9) }),
);

describe('findMisfit', () => {
  it.each<[what: string, schema: Schema, value: unknown]>([
    ['a number', number(), -0.5],
    ['an amount', amount(), 0],
    ['a text that is empty', text(), ''],
    ['null', orNull(number()), null],
    ['an empty list', listOf(number()), []],
    ['an object with fields that are not known', POINT, { x: 1, label: null, z: 'new' }],
    ['an object that lacks what may be absent', partial(POINT), {}],
    ['an object of another kind', KINDS, { kind: 'circle', radius: 1 }],
    ['any object', anyObject(), { a: [] }],
  ])('finds none in %s', (_, schema, value) => {
    expect(findMisfit(schema, value)).toBeNull();
  });

  it.each<[schema: Schema, value: unknown, at: string, expected: string]>([
    [number(), Number.POSITIVE_INFINITY, '', 'a number'],
    [number(), Number.NaN, '', 'a number'],
    [number(), '1', '', 'a number'],
    [within(1, 9), 10, '', 'a number, 1 to 9'],
    [amount(), -1, '', 'a number, 0 to 1000000000000'],
    [amount(), 1e13, '', 'a number, 0 to 1000000000000'],
    [divisor(), 0, '', 'a number, 0.000001 to 1000000000000'],
    [size(), 0.5, '', 'a number, 1 to 1000000000000'],
    [share(), 1.1, '', 'a number, 0 to 1'],
    [text(), null, '', 'a text'],
    [flag(), 0, '', 'true or false'],
    [oneOf(['a', 'b']), 'c', '', 'a or b'],
    [orNull(flag()), 'x', '', 'true or false, or null'],
    [listOf(text()), ['a', 1], '1', 'a text'],
    [listOf(text()), {}, '', 'a list'],
    [someOf(text()), [], '', 'a list of one or more'],
    [pairOf(number()), [1], '', 'a list of two'],
    [POINT, [], '', 'an object'],
    [POINT, { x: 1 }, 'label', 'a text, or null'],
    [POINT, { label: null }, 'x', 'a number'],
    [partial(POINT), { x: 'a' }, 'x', 'a number'],
    [partial(POINT), [], '', 'an object'],
    [record(['a', 'b'], POINT), { a: { x: 1, label: null }, b: { x: 1, label: 2 } }, 'b.label', 'a text, or null'],
    [extend(POINT, { x: text() }), { x: 1, label: null }, 'x', 'a text'],
    [KINDS, { kind: 'square' }, 'kind', 'line or circle'],
    [KINDS, { radius: 1 }, 'kind', 'line or circle'],
    [KINDS, { kind: 'circle' }, 'radius', 'a number, 1 to 9'],
    [KINDS, { kind: 'line', from: { x: 1, label: 0 } }, 'from.label', 'a text, or null'],
    [KINDS, 'circle', '', 'an object'],
    [anyObject(), [], '', 'an object'],
  ])('%# names the first field that does not fit, and what was expected', (schema, value, at, expected) => {
    expect(findMisfit(schema, value)).toMatchObject({ at, expected });
  });
});

describe('misfitInWords', () => {
  it('gives path, value and what was expected', () => {
    expect(misfitInWords({ at: 'load.events', value: 'x', expected: 'a number' })).toBe(
      'its load.events is "x": expected a number',
    );
    expect(misfitInWords({ at: 'load', value: undefined, expected: 'an object' })).toBe(
      'its load is missing: expected an object',
    );
  });
});

describe('a schema', () => {
  it('has a unit, a meaning and a name, and a meaning of its own in each place', () => {
    const there = described(POINT, 'where it is');
    expect([nameOf(there), meaningOf(there), meaningOf(POINT)]).toEqual(['point', 'where it is', '']);
    const wait = amount('ms', 'how long');
    expect([unitOf(wait), meaningOf(wait), typeInWords(wait)]).toEqual([
      'ms',
      'how long',
      'a number, 0 to 1000000000000',
    ]);
  });
});
