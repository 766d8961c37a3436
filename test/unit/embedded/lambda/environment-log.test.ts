import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createTail, platformReport, readLines } from '#localstack/embedded/lambda/environment-log.ts';

describe('platformReport', () => {
  const metrics = { durationMs: 12.3456, memorySizeMB: 256, maxMemoryUsedMB: 61 };

  it('bills a warm invocation by the whole millisecond', () => {
    expect(JSON.parse(platformReport('r', 'success', null, metrics, 0))).toEqual({
      time: '1970-01-01T00:00:00.000Z',
      type: 'platform.report',
      record: {
        requestId: 'r',
        status: 'success',
        metrics: { durationMs: 12.35, billedDurationMs: 13, memorySizeMB: 256, maxMemoryUsedMB: 61 },
      },
    });
  });

  it('bills the initialization of a cold one', () => {
    const report = JSON.parse(
      platformReport('r', 'timeout', 'Sandbox.Timedout', { ...metrics, initDurationMs: 100.2 }, 0),
    );
    expect(report.record).toMatchObject({
      status: 'timeout',
      errorType: 'Sandbox.Timedout',
      metrics: { initDurationMs: 100.2, billedDurationMs: 113 },
    });
  });
});

describe('readLines', () => {
  it('puts lines together across chunks, letters of several bytes too', async () => {
    const stream = new PassThrough();
    const lines: string[] = [];
    readLines(stream, (line) => lines.push(line));
    const bytes = Buffer.from('one\ntwö\nrest');
    stream.write(bytes.subarray(0, 7));
    stream.end(bytes.subarray(7));
    await new Promise((resolve) => stream.once('end', resolve));
    expect(lines).toEqual(['one', 'twö', 'rest']);
  });
});

describe('createTail', () => {
  it('keeps the last bytes, and starts anew once taken', () => {
    const tail = createTail(8);
    for (const line of ['first', 'second', 'third']) tail.add(line);
    expect(tail.take()).toBe('d\nthird\n');
    expect(tail.take()).toBe('');
  });
});
