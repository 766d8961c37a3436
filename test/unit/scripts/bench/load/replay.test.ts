import { describe, expect, it } from 'vitest';
import type { LoadLine } from '#bench/load/line.ts';
import { MAX_LINE_BYTES } from '#bench/load/log-input.ts';
import { type ReplayOptions, replayLines } from '#bench/load/replay.ts';
import { createReplaySummary, type ReplaySummary } from '#bench/load/replay-summary.ts';

/** A combined line at a time of 17 May 2015. */
function logLine(time: string, referrer = '-', ip = '192.0.2.1'): string {
  return `${ip} - - [17/May/2015:${time} +0000] "GET /blog/1 HTTP/1.1" 200 17 "${referrer}" "curl/8"`;
}

async function replay(
  content: string | Uint8Array,
  overrides: Partial<ReplayOptions> = {},
): Promise<{ readonly lines: LoadLine[]; readonly summary: ReplaySummary }> {
  async function* stdin() {
    yield Buffer.from(content);
  }
  const summary = createReplaySummary();
  const options = { path: '-', format: 'auto', partitionBy: 'host', seed: 1, speed: 'max', summary } as const;
  const lines: LoadLine[] = [];
  for await (const line of replayLines({ ...options, stdin: stdin(), ...overrides })) lines.push(line);
  return { lines, summary };
}

describe('replayLines of an access log', () => {
  it('sends every line as an event, its texts as the log has them', async () => {
    const { lines, summary } = await replay(`${logLine('10:05:03', String.raw`a\"b`)}\r\n${logLine('10:05:01')}\n`);
    expect(summary).toEqual({
      format: 'combined',
      linesRead: 2,
      blankLines: 0,
      unparsed: { count: 0, examples: [] },
    });
    expect(JSON.parse(String(lines[0]?.text))).toEqual({
      ip: '192.0.2.1',
      event_time: '2015-05-17T10:05:03+00:00',
      referrer: String.raw`a\"b`,
      host: '192.0.2.1',
      url: '/blog/1',
      user_agent: 'curl/8',
      geodata: null,
    });
    expect(lines.map((line) => line.event)).toEqual([
      { eventTimeMs: Date.UTC(2015, 4, 17, 10, 5, 3), host: '192.0.2.1', referrer: String.raw`a\"b` },
      { eventTimeMs: Date.UTC(2015, 4, 17, 10, 5, 1), host: '192.0.2.1', referrer: null },
    ]);
  });

  it('counts the host field that it is told to', async () => {
    const hosts = async (content: string, hostField: 'path' | 'constant:shop') =>
      (await replay(content, { hostField })).lines.map((line) => line.event?.host);
    expect(await hosts(logLine('10:05:03'), 'path')).toEqual(['/blog']);
    expect(await hosts(logLine('10:05:03'), 'constant:shop')).toEqual(['shop']);
    expect(await hosts(`www.example.com:443 ${logLine('10:05:03')}`, 'path')).toEqual(['www.example.com']);
  });

  it('reports the lines that it cannot parse, where they are and why', async () => {
    const cut = logLine('10:05:04').slice(0, -2);
    const bad = Buffer.concat([Buffer.from(logLine('10:05:05')), Buffer.from([0xff])]);
    const head = Buffer.from([logLine('10:05:03'), ' \t\r', cut, ''].join('\n'));
    const { lines, summary } = await replay(Buffer.concat([head, bad]));
    expect(lines).toHaveLength(1);
    expect(summary).toMatchObject({ linesRead: 4, blankLines: 1, unparsed: { count: 2 } });
    expect(summary.unparsed.examples).toMatchObject([
      { line: 3, reason: 'the user agent is not a complete quoted field', text: cut },
      { line: 4, reason: 'not valid UTF-8' },
    ]);
  });

  it('keeps a hundred examples and counts the rest', async () => {
    const content = `${logLine('10:05:03')}\n${`\u001b[31m${'x'.repeat(200)}\n`.repeat(150)}`;
    const { unparsed } = (await replay(content)).summary;
    expect([unparsed.count, unparsed.examples.length]).toEqual([150, 100]);
    expect(unparsed.examples[0]?.text).toBe(`\\u001b[31m${'x'.repeat(109)}…`);
  });

  it('reports a line that no record can hold', async () => {
    const { lines, summary } = await replay(`${logLine('10:05:03')}\n${'x'.repeat(MAX_LINE_BYTES + 1)}\n`);
    expect(lines).toHaveLength(1);
    expect(summary.unparsed.examples[0]).toMatchObject({ line: 2, text: `${'x'.repeat(119)}…` });
    expect(summary.unparsed.examples[0]?.reason).toContain(`longer than ${MAX_LINE_BYTES} bytes`);
  });

  it('expects a referrer over 1,024 bytes in quarantine, and sends it', async () => {
    const { lines } = await replay(logLine('10:05:03', 'x'.repeat(1_025)));
    expect(lines).toMatchObject([{ event: null }]);
  });
});

describe('replayLines of NDJSON', () => {
  const good = '{"event_time":"2026-01-01T00:00:00Z","host":"a","referrer":""}';

  it('sends every line byte for byte, malformed ones too, and no blank ones', async () => {
    const content = Buffer.concat([
      Buffer.from(`${good}\r\n\n \t\r\n{"host"\n`),
      Buffer.from([0xff]),
      Buffer.from('\n'),
    ]);
    const { lines, summary } = await replay(content);
    expect(lines.map((line) => Buffer.from(line.text).toString('latin1'))).toEqual([`${good}\r`, '{"host"', '\xff']);
    expect(lines.map((line) => line.event?.host)).toEqual(['a', undefined, undefined]);
    expect(summary).toMatchObject({ format: 'ndjson', linesRead: 5, blankLines: 2, unparsed: { count: 0 } });
  });

  it('expects an event more than five minutes ahead of the clock in quarantine', async () => {
    const eventTimeMs = Date.UTC(2026, 0, 1);
    const at = async (aheadMs: number) =>
      (await replay(good, { nowMs: () => eventTimeMs - aheadMs })).lines.map((line) => line.event !== null);
    expect(await at(300_000)).toEqual([true]);
    expect(await at(300_001)).toEqual([false]);
  });
});

describe('replayLines at a speed', () => {
  it('intends a line when the greatest event time so far is due, and never reorders', async () => {
    const times = ['10:05:00', '10:06:00', '10:05:30', '10:07:00'];
    const { lines } = await replay(times.map((time) => logLine(time)).join('\n'), { speed: 60 });
    expect(lines.map((line) => line.offsetMs)).toEqual([0, 1_000, 1_000, 2_000]);
  });

  it('intends everything at once at the greatest speed', async () => {
    const { lines } = await replay(`${logLine('10:05:00')}\n${logLine('11:05:00')}`);
    expect(lines.map((line) => line.offsetMs)).toEqual([0, 0]);
  });

  it('keys by host, or at random by the seed', async () => {
    const content = Array.from({ length: 20 }, () => logLine('10:05:00')).join('\n');
    const keys = async (overrides: Partial<ReplayOptions>) =>
      (await replay(content, overrides)).lines.map((line) => line.partitionKey);
    expect(new Set(await keys({}))).toEqual(new Set(['192.0.2.1']));
    expect(new Set(await keys({ partitionBy: 'random' })).size).toBe(20);
    expect(await keys({ partitionBy: 'random' })).toEqual(await keys({ partitionBy: 'random' }));
  });
});

describe('replayLines with format auto', () => {
  it('refuses an input of which it knows no line', async () => {
    await expect(replay('time,host\n'.repeat(60))).rejects.toThrow(
      'Unknown format of standard input, which starts with "time,host"',
    );
  });

  it('loses none of the lines that it looked at', async () => {
    const content = ['', 'garbage', ...Array.from({ length: 200 }, () => logLine('10:05:00'))].join('\n');
    const { lines, summary } = await replay(content);
    expect(lines).toHaveLength(200);
    expect(summary).toMatchObject({ linesRead: 202, blankLines: 1, unparsed: { count: 1 } });
  });
});
