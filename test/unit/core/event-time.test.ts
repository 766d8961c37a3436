import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EARLIEST_EVENT_TIME_MS, LATEST_EVENT_TIME_MS, parseEventTime } from '#functions/core/event-time.ts';

describe('parseEventTime, of what it takes', () => {
  // The instants are written down by hand; 1422709199000 is 2015-01-31T12:59:59Z.
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2015-01-31T12:59:59Z', 1_422_709_199_000],
    ['2015-01-31t12:59:59z', 1_422_709_199_000],
    ['2015-01-31 12:59:59', 1_422_709_199_000],
    ['2015-01-31T12:59:59', 1_422_709_199_000],
    ['2015-01-31T12:59:59+00:00', 1_422_709_199_000],
    ['2015-01-31T12:59:59-00:00', 1_422_709_199_000],
    ['2015-01-31T14:59:59+02', 1_422_709_199_000],
    ['2015-01-31T14:59:59+0200', 1_422_709_199_000],
    ['2015-01-31T14:59:59+02:00', 1_422_709_199_000],
    ['2015-01-31T18:29:59+05:30', 1_422_709_199_000],
    ['2015-01-31T03:29:59-09:30', 1_422_709_199_000],
    ['2015-02-01T12:58:59+23:59', 1_422_709_199_000],
    ['2015-01-30T13:00:59-23:59', 1_422_709_199_000],
    ['2015-01-31T12:59', 1_422_709_140_000],
    ['2015-01-31T12:59Z', 1_422_709_140_000],
    ['2015-01-31T14:59+02:00', 1_422_709_140_000],
    ['2000-02-29T00:00:00Z', 951_782_400_000],
    ['2016-02-29T00:00:00Z', 1_456_704_000_000],
    ['1969-12-31T23:59:59.999Z', -1],
    ['0001-01-02T00:00:00Z', EARLIEST_EVENT_TIME_MS],
    ['9999-12-31T23:59:59.999Z', LATEST_EVENT_TIME_MS],
  ])('reads %s', (text, epochMs) => {
    expect(parseEventTime(text)).toBe(epochMs);
  });

  it.each([
    ['.1', 100],
    ['.12', 120],
    ['.123', 123],
    [',123', 123],
    ['.1239', 123],
    ['.9999999999', 999],
    ['.0009', 0],
    [`.${'0'.repeat(100)}1`, 0],
    [`.123${'9'.repeat(1000)}`, 123],
  ])('cuts a fraction of any length to milliseconds: %.20s', (fraction, ms) => {
    expect(parseEventTime(`1970-01-01T00:00:00${fraction}Z`)).toBe(ms);
    expect(parseEventTime(`1970-01-01T02:00:00${fraction}+02:00`)).toBe(ms);
    expect(parseEventTime(`1970-01-01 00:00:00${fraction}`)).toBe(ms);
  });

  it('agrees with Date.UTC on every instant from year 1 to 9999, in every zone', () => {
    const instants = fc.integer({ min: EARLIEST_EVENT_TIME_MS, max: LATEST_EVENT_TIME_MS });
    fc.assert(
      fc.property(instants, fc.integer({ min: -1439, max: 1439 }), (epochMs, offset) => {
        const local = new Date(epochMs + offset * 60_000);
        fc.pre(local.getTime() >= EARLIEST_EVENT_TIME_MS && local.getTime() <= LATEST_EVENT_TIME_MS);
        const two = (value: number): string => String(Math.abs(value)).padStart(2, '0');
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.trunc(offset / 60))}:${two(offset % 60)}`;
        expect(parseEventTime(local.toISOString().replace('Z', zone))).toBe(epochMs);
      }),
    );
  });
});

describe('parseEventTime, of what it refuses', () => {
  it.each([
    '',
    'host-7',
    'now',
    'NaN',
    'Infinity',
    '1422709199',
    '2015',
    '2015-01',
    '2015-01-31',
    '20150131T125959Z',
    '2015-1-31T12:59:59Z',
    '2015-02-30T00:00:00Z',
    '2015-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2015-04-31T00:00:00Z',
    '2015-00-10T00:00:00Z',
    '2015-13-10T00:00:00Z',
    '2015-01-00T00:00:00Z',
    '2015-01-32T00:00:00Z',
    '2015-01-31T24:00:00Z',
    '2015-01-31T12:60:00Z',
    '2015-01-31T12:59:60Z',
    '2015-01-31T12:59:61Z',
    '2015-01-31T12:5:00Z',
    '2015-01-31T12',
    '2015-01-31T12:59:',
    '2015-01-31T12:59:59.',
    '2015-01-31T12:59:59.Z',
    '2015-01-31T12:59.5Z',
    '2015-01-31T12:59:59.1.2Z',
    '2015-01-31T12:59:59ZZ',
    '2015-01-31T12:59:59Z ',
    ' 2015-01-31T12:59:59Z',
    '2015-01-31T12:59:59Zjunk',
    '2015-01-31T12:59:59+',
    '2015-01-31T12:59:59+2',
    '2015-01-31T12:59:59+24:00',
    '2015-01-31T12:59:59+02:60',
    '2015-01-31T12:59:59+02:',
    '2015-01-31T12:59:59+02:0',
    '2015-01-31T12:59:59+02:000',
    '2015-01-31T12:59:59 +02:00',
    '2015-01-31T12:59:59 UTC',
    '2015-01-31T12:59:59[Europe/Vienna]',
    '2015/01/31T12:59:59Z',
    '2015-01-31_12:59:59Z',
    '+002015-01-31T12:59:59Z',
    '-2015-01-31T12:59:59Z',
    '10000-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    'Sat, 31 Jan 2015 12:59:59 GMT',
    '31/Jan/2015:12:59:59 +0000',
    '２０15-01-31T12:59:59Z',
    '2015-01-31T12:59:59\u0000',
  ])('refuses %j', (text) => {
    expect(parseEventTime(text)).toBeNaN();
  });

  it('never throws, and gives a whole number or NaN, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const epochMs = parseEventTime(text);
        expect(Number.isNaN(epochMs) || Number.isInteger(epochMs)).toBe(true);
      }),
    );
  });
});
