import { describe, expect, it } from 'vitest';
import { expectFromJson } from '#bench/load/expectation.ts';

const time = '"event_time":"1970-01-01T00:00:01Z"';

function judge(line: string | Uint8Array, latestEventTimeMs = 1_000) {
  return expectFromJson(Buffer.from(line), latestEventTimeMs);
}

describe('expectFromJson', () => {
  it.each([
    [`{${time},"host":"a","referrer":"r"}`, 'a', 'r'],
    [`{${time},"host":"a","referrer":null}`, 'a', null],
    [`{${time},"host":"a"}`, 'a', null],
    [`{${time},"host":"","referrer":""}`, '', ''],
    [`  {${time},"host":"a"}\r`, 'a', null],
    [`{${time},"host":"__proto__"}`, '__proto__', null],
    [`{${time},"host":"first","host":"last"}`, 'last', null],
    [`{${time},"host":"\\ud83d\\ude00"}`, '😀', null],
    [`{${time},"host":"${'é'.repeat(512)}"}`, 'é'.repeat(512), null],
  ])('counts %s', (line, host, referrer) => {
    expect(judge(line)).toEqual({ eventTimeMs: 1_000, host, referrer });
  });

  it.each([
    ['an array', `[${time}]`],
    ['null', 'null'],
    ['a number', '7'],
    ['two objects', `{${time},"host":"a"}{}`],
    ['a byte order mark', `\ufeff{${time},"host":"a"}`],
    ['no host', `{${time}}`],
    ['a host that is only inherited', `{${time},"__proto__":{"host":"a"}}`],
    ['a null host', `{${time},"host":null}`],
    ['a referrer of a wrong type', `{${time},"host":"a","referrer":7}`],
    ['a numeric event time', `{"event_time":1000,"host":"a"}`],
    ['a lone surrogate in the referrer', `{${time},"host":"a","referrer":"\\udc00"}`],
    ['NUL in the referrer', `{${time},"host":"a","referrer":"\\u0000"}`],
    ['a host of 1,025 bytes', `{${time},"host":"${'é'.repeat(512)}x"}`],
    ['invalid UTF-8', Buffer.concat([Buffer.from(`{${time},"host":"`), Buffer.from([0xc3]), Buffer.from('"}')])],
  ])('expects %s in quarantine', (_name, line) => {
    expect(judge(line)).toBeNull();
  });

  it('expects an event beyond the latest time in quarantine', () => {
    expect(judge(`{${time},"host":"a"}`, 999)).toBeNull();
  });
});
