import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEvent, type Event } from '#functions/core/event.ts';
import { MAX_KEY_BYTES, QUARANTINE_REASONS, type QuarantineReason } from '#functions/core/quarantine.ts';

const TIME = '2026-01-31T12:00:00Z';

function decode(line: string): { unfit: QuarantineReason | null; event: Event } {
  const event = { eventTimeMs: 0, host: '', referrer: null };
  return { unfit: decodeEvent(line, event), event };
}

/** A line with these fields beside a fit event's. */
function lineWith(fields: object): string {
  return JSON.stringify({ event_time: TIME, host: 'a', ...fields });
}

/** At least one line for each reason that a line alone can have. */
const UNFIT: Record<Exclude<QuarantineReason, 'invalid_utf8' | 'event_time_in_the_future'>, string[]> = {
  invalid_json: [
    '',
    '{',
    lineWith({}).slice(0, -1),
    `${lineWith({})}x`,
    `\ufeff${lineWith({})}`,
    'host-7',
    '{"host":NaN}',
    "{'a':1}",
  ],
  not_an_object: ['1', 'null', 'true', '"a"', '[]', `[${lineWith({})}]`, `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  missing_event_time: ['{}', '{"host":"a"}', lineWith({ event_time: null })],
  invalid_event_time: [
    lineWith({ event_time: 1_422_709_199 }),
    lineWith({ event_time: '' }),
    lineWith({ event_time: 'host-7' }),
    lineWith({ event_time: '2015-02-30T00:00:00Z' }),
    lineWith({ event_time: [TIME] }),
    lineWith({ event_time: '+275760-09-13T00:00:00Z' }),
  ],
  event_time_out_of_range: [
    lineWith({ event_time: '0001-01-01T23:59:59.999Z' }),
    lineWith({ event_time: '0000-01-01T00:00:00Z' }),
    lineWith({ event_time: '9999-12-31T23:59:59.999-00:01' }),
  ],
  missing_host: [
    `{"event_time":"${TIME}"}`,
    lineWith({ host: null }),
    `{"event_time":"${TIME}","__proto__":{"host":"a"}}`,
  ],
  invalid_host: [lineWith({ host: 7 }), lineWith({ host: ['a'] }), lineWith({ host: {} }), lineWith({ host: false })],
  host_too_long: [lineWith({ host: 'x'.repeat(MAX_KEY_BYTES + 1) }), lineWith({ host: 'é'.repeat(513) })],
  host_not_storable: [lineWith({ host: 'a\0b' }), lineWith({ host: '\ud800' }), lineWith({ host: 'x\udc00y' })],
  invalid_referrer: [lineWith({ referrer: 0 }), lineWith({ referrer: [] }), lineWith({ referrer: false })],
  referrer_too_long: [lineWith({ referrer: 'x'.repeat(MAX_KEY_BYTES + 1) }), lineWith({ referrer: '😀'.repeat(257) })],
  referrer_not_storable: [lineWith({ referrer: '\0' }), lineWith({ referrer: '\ud800\ud800' })],
};

describe('decodeEvent, of a line that cannot be counted', () => {
  const cases = Object.entries(UNFIT).flatMap(([reason, lines]) => lines.map((line) => [reason, line] as const));

  it.each(cases)('says %s of %.60s', (reason, line) => {
    expect(decode(line).unfit).toBe(reason);
  });

  it('has a case for every reason that there is, beside the two that only a record can have', () => {
    const all = Object.keys(QUARANTINE_REASONS).filter(
      (it) => it !== 'invalid_utf8' && it !== 'event_time_in_the_future',
    );
    expect(Object.keys(UNFIT).sort()).toEqual(all.sort());
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (line) => {
        const { unfit } = decode(line);
        expect(unfit === null || Object.hasOwn(QUARANTINE_REASONS, unfit)).toBe(true);
      }),
    );
  });
});

describe('decodeEvent, of a line that can', () => {
  it('takes time, host and referrer, and leaves the other fields alone', () => {
    const line = lineWith({ referrer: 'r', ip: '::1', url: '/', user_agent: null, geodata: { country: 7 } });
    expect(decode(line)).toEqual({
      unfit: null,
      event: { eventTimeMs: Date.UTC(2026, 0, 31, 12), host: 'a', referrer: 'r' },
    });
  });

  it.each([
    ['an empty referrer is one', { referrer: '' }, ''],
    ['a null referrer is none', { referrer: null }, null],
    ['an absent referrer is a null one', {}, null],
    ['the word null is a referrer', { referrer: 'null' }, 'null'],
  ])('%s', (_, fields, referrer) => {
    expect(decode(lineWith(fields)).event.referrer).toBe(referrer);
  });

  it.each([
    ['1,024 bytes of ASCII', 'x'.repeat(1024)],
    ['1,024 bytes in 512 letters', 'é'.repeat(512)],
    ['1,023 bytes in 341 letters', '漢'.repeat(341)],
    ['1,024 bytes in 256 emoji', '😀'.repeat(256)],
    ['an empty text', ''],
    ['a name of Object.prototype', '__proto__'],
    ['another one', 'constructor'],
    ['a control character', '\u0001'],
    ['a byte order mark', '\ufeff'],
  ])('takes %s for a host and for a referrer', (_, key) => {
    const { unfit, event } = decode(lineWith({ host: key, referrer: key }));
    expect(unfit).toBeNull();
    expect([event.host, event.referrer]).toEqual([key, key]);
  });

  it('takes the last of duplicate fields, as JSON.parse does', () => {
    expect(decode(`{"event_time":"${TIME}","host":7,"host":"b"}`)).toMatchObject({ unfit: null, event: { host: 'b' } });
  });

  it('takes a line with white space around it, and fields nested deeply', () => {
    const nested = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    expect(decode(` \t{"event_time":"${TIME}","host":"a","geodata":${nested}}\r`).unfit).toBeNull();
  });

  it('takes hosts with escapes for what they mean', () => {
    expect(decode(`{"event_time":"${TIME}","host":"\\u0041\\n\\ud83d\\ude00"}`).event.host).toBe('A\n😀');
  });
});
