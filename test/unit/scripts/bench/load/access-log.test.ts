import { describe, expect, it } from 'vitest';
import { type AccessLogFormat, parseAccessLogLine } from '#bench/load/access-log.ts';

const tail = '"GET /a?b HTTP/1.1" 200 17 "https://from.example/" "curl/8"';
const good = `192.0.2.1 - - [17/May/2015:10:05:03 +0200] ${tail}`;

function entryOf(line: string, format: AccessLogFormat = 'combined') {
  const result = parseAccessLogLine(line, format);
  return result.ok ? result.entry : result.reason;
}

describe('parseAccessLogLine', () => {
  it('reads every field of a combined line', () => {
    expect(entryOf(good)).toEqual({
      ip: '192.0.2.1',
      eventTime: '2015-05-17T10:05:03+02:00',
      eventTimeMs: Date.UTC(2015, 4, 17, 8, 5, 3),
      referrer: 'https://from.example/',
      virtualHost: null,
      url: '/a?b',
      userAgent: 'curl/8',
    });
  });

  it.each([
    ['www.example.com:443', 'www.example.com'],
    ['[2001:db8::1]:8080', '[2001:db8::1]'],
    ['2001:db8::1:80', '2001:db8::1'],
  ])('takes the port off the virtual host %s', (token, virtualHost) => {
    expect(entryOf(`${token} ${good}`, 'vhost_combined')).toMatchObject({ virtualHost, ip: '192.0.2.1' });
  });

  it.each([
    ['no referrer', '"-"', null],
    ['an empty referrer', '""', ''],
    ['an escaped quote', String.raw`"say \"hi\""`, String.raw`say \"hi\"`],
    ['an escaped backslash at the end', String.raw`"c:\\"`, String.raw`c:\\`],
    ['hexadecimal escapes', String.raw`"\x22\xc3"`, String.raw`\x22\xc3`],
    ['spaces and brackets', '"a b [c] d"', 'a b [c] d'],
  ])('keeps %s as the log has it', (_name, field, referrer) => {
    expect(entryOf(good.replace('"https://from.example/"', () => field))).toMatchObject({ referrer });
  });

  it.each([
    ['GET /a HTTP/1.1', '/a'],
    ['GET /a HTTP/2.0', '/a'],
    ['-', '-'],
    ['', ''],
    [String.raw`\x16\x03\x01`, String.raw`\x16\x03\x01`],
    ['GET /with space HTTP/1.1', 'GET /with space HTTP/1.1'],
    ['GET /old', 'GET /old'],
  ])('reads the request %j', (request, url) => {
    expect(entryOf(good.replace('GET /a?b HTTP/1.1', () => request))).toMatchObject({ url });
  });

  it.each([
    ['a user with a space', good.replace('- - [', '- John Doe [')],
    ['an IPv6 client', good.replace('192.0.2.1', '2001:db8::1')],
    ['no size', good.replace(' 17 ', ' - ')],
    ['further fields', `${good} "10.0.0.1" 0.004`],
  ])('reads a line with %s', (_name, line) => {
    expect(entryOf(line)).toMatchObject({ url: '/a?b', userAgent: 'curl/8' });
  });

  it.each([
    ['cut inside the user agent', good.slice(0, -3), 'the user agent is not a complete quoted field'],
    [
      'of the common format, or cut before the referrer',
      good.slice(0, good.indexOf(' "https')),
      'the referrer is not a complete quoted field',
    ],
    ['cut inside the request', good.slice(0, good.indexOf('HTTP')), 'the request is not a complete quoted field'],
    ['cut inside the time', good.slice(0, 25), 'the time has no closing bracket'],
    ['without a zone', good.replace(' +0200', ''), 'the time has no zone offset'],
    ['with a time of its own', good.replace('17/May', '17/05'), 'the time does not read dd/Mon/yyyy:hh:mm:ss ±hhmm'],
    ['on 30 February', good.replace('17/May', '30/Feb'), 'no such date, time or zone'],
    ['in a month Foo', good.replace('May', 'Foo'), 'no such date, time or zone'],
    ['with a zone of 25 hours', good.replace('+0200', '+2500'), 'no such date, time or zone'],
    ['without a status', good.replace(' 200 17', ''), 'no status and size after the request'],
    ['with text after its end', `${good}x`, 'text right after the user agent'],
    ['with a virtual host', `a.example:80 ${good}`, 'a virtual host comes first: this is vhost_combined'],
    ['of nothing', 'hello', 'no client address, identity, user and [time] at its start'],
  ])('tells why a line %s cannot be read', (_name, line, reason) => {
    expect(entryOf(line)).toBe(reason);
  });

  it.each([good, good.replace('192.0.2.1', '2001:db8::1'), good.replace('192.0.2.1', '2001:db8::1 - john')])(
    'takes no combined line for vhost_combined: %s',
    (line) => {
      expect(parseAccessLogLine(line, 'vhost_combined').ok).toBe(false);
    },
  );

  it.each([' ', '"', '\\', '\\"', '[', ' [', ':', ':1', '- ', 'a'])('is quick with a megabyte of %j', (unit) => {
    const hostile = unit.repeat(1_000_000 / unit.length);
    const startedMs = performance.now();
    for (const line of [
      hostile,
      `a.example:80 ${hostile}`,
      good.replace('/a?b', () => hostile),
      `${good} ${hostile}`,
    ]) {
      parseAccessLogLine(line, 'combined');
      parseAccessLogLine(line, 'vhost_combined');
    }
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});
