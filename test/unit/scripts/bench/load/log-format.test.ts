import { describe, expect, it } from 'vitest';
import { detectFormat, parseLogFormat, recognizeLine } from '#bench/load/log-format.ts';
import { UsageError } from '#text/usage-error.ts';

const combined = '192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 17 "-" "curl/8"';
const vhost = `www.example.com:443 ${combined}`;
const json = '{"event_time":"2026-01-01T00:00:00Z","host":"a"}';

describe('recognizeLine', () => {
  it.each([
    [combined, 'combined'],
    [combined.replace('192.0.2.1', '2001:db8::1'), 'combined'],
    [vhost, 'vhost_combined'],
    [json, 'ndjson'],
    [` ${json}`, 'ndjson'],
    ['[1]', null],
    ['{', null],
    ['timestamp,host', null],
  ])('recognizes %s as %s', (line, format) => {
    expect(recognizeLine(line)).toBe(format);
  });
});

describe('detectFormat', () => {
  it('goes by the majority, so that a damaged first line decides nothing', () => {
    expect(detectFormat([combined.slice(0, 40), vhost, vhost, combined], "input 'x'")).toBe('vhost_combined');
  });

  it('names the known formats and quotes the first line when it knows none', () => {
    const sample = [`time,host\u001b[31m${'x'.repeat(200)}`];
    expect(() => detectFormat(sample, "input 'x.csv'")).toThrow(UsageError);
    expect(() => detectFormat(sample, "input 'x.csv'")).toThrow(
      `Unknown format of input 'x.csv', which starts with "time,host\\u001b[31m${'x'.repeat(60)}…": expected combined, vhost_combined, ndjson; name it with --format`,
    );
  });

  it('says that an input has no lines', () => {
    expect(() => detectFormat([], 'standard input')).toThrow('No lines in standard input');
  });
});

describe('parseLogFormat', () => {
  it('reads the known names and refuses others', () => {
    expect(parseLogFormat('auto')).toBe('auto');
    expect(() => parseLogFormat('csv')).toThrow(
      "Invalid --format 'csv': expected auto, combined, vhost_combined, ndjson",
    );
  });
});
