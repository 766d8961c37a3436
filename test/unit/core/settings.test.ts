import { describe, expect, it } from 'vitest';
import { lagMs, parseSettings } from '#functions/core/settings.ts';
import { SETTINGS } from '#test/support/settings.ts';

describe('parseSettings', () => {
  it('takes settings in range, at either end, and leaves out what it does not know', () => {
    const least = {
      windowMs: 1000,
      boundMs: 0,
      marginMs: 0,
      maxFutureSkewMs: 0,
      idleTimeoutMs: 1000,
      latePolicy: 'drop',
    };
    const most = {
      windowMs: 86_400_000,
      boundMs: 86_400_000,
      marginMs: 3_600_000,
      maxFutureSkewMs: 86_400_000,
      idleTimeoutMs: 86_400_000,
      latePolicy: 'count',
    };
    expect(parseSettings(least)).toEqual(least);
    expect(parseSettings({ ...most, colour: 'blue' })).toEqual(most);
  });

  it.each([
    ['windowMs', 999, 'expected whole milliseconds from 1000 to 86400000'],
    ['windowMs', 86_401_000, 'expected whole milliseconds from 1000 to 86400000'],
    ['windowMs', 1500, 'expected whole seconds'],
    ['windowMs', '300000', 'expected whole milliseconds'],
    ['windowMs', undefined, 'expected whole milliseconds'],
    ['windowMs', Number.NaN, 'expected whole milliseconds'],
    ['boundMs', -1, 'expected whole milliseconds from 0 to 86400000'],
    ['boundMs', 0.5, 'expected whole milliseconds'],
    ['marginMs', 3_600_001, 'expected whole milliseconds from 0 to 3600000'],
    ['maxFutureSkewMs', null, 'expected whole milliseconds'],
    ['idleTimeoutMs', 0, 'expected whole milliseconds from 1000 to 86400000'],
    ['latePolicy', 'keep', "expected 'count' or 'drop'"],
    ['latePolicy', undefined, "expected 'count' or 'drop'"],
  ])('refuses %s = %j, naming it and its range', (name, value, expected) => {
    const parse = () => parseSettings({ ...SETTINGS, [name]: value });
    expect(parse).toThrow(RangeError);
    expect(parse).toThrow(`Invalid setting ${name} '${value}': ${expected}`);
  });

  it.each([null, undefined, 7, 'x'])('refuses %j: no object', (value) => {
    expect(() => parseSettings(value)).toThrow('expected an object');
  });
});

describe('lagMs', () => {
  it('is bound and margin', () => {
    expect(lagMs({ boundMs: 15_000, marginMs: 2_000 })).toBe(17_000);
  });
});
