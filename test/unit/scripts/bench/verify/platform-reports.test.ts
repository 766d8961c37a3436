import { ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Target } from '#bench/targets/target.ts';
import { collectPlatformReports, initsOf, type ReportQuery } from '#bench/verify/platform-reports.ts';
import { type Call, scriptedTarget } from '#test/support/scripted-target.ts';
import { UsageError } from '#text/usage-error.ts';

const invocation = (requestId: string, stream: string) =>
  JSON.stringify({ type: 'tidemark.invocation', requestId, stream });

type Metrics = { durationMs?: number; billedDurationMs?: number; maxMemoryUsedMB?: number; initDurationMs?: number };

const report = (requestId: string, metrics: Metrics, status = 'success') =>
  JSON.stringify({ type: 'platform.report', record: { requestId, status, metrics } });

const WARM = { durationMs: 12.3, billedDurationMs: 13, maxMemoryUsedMB: 90 };

/** The log of a function in pages: what contains the term that the filter quotes. */
function logOf(pages: readonly (readonly string[])[]) {
  return scriptedTarget({
    logs({ input }: Call) {
      const { filterPattern, nextToken } = input as { filterPattern: string; nextToken?: string };
      const at = Number(nextToken ?? 0);
      const term = filterPattern.replaceAll('"', '');
      const events = (pages[at] ?? []).filter((line) => line.includes(term)).map((message) => ({ message }));
      return { events, ...(at + 1 < pages.length && { nextToken: `${at + 1}` }) };
    },
  });
}

const QUERY = { functionName: 'micro', stream: 'events-run-1', sinceMs: 100_000, committed: [], untilMs: 0 };

const collect = ({ logs }: Pick<Target, 'logs'>, given: Partial<ReportQuery> = {}) =>
  collectPlatformReports({ ...QUERY, logs, ...given });

const read = async (target: Pick<Target, 'logs'>) => (await collect(target)).reports;

describe('collectPlatformReports', () => {
  it("takes the reports of the stream's invocations only", async () => {
    const log = logOf([
      [
        invocation('r1', 'events-run-1'),
        report('r1', WARM),
        invocation('r2', 'events-run-2'),
        report('r2', WARM),
        invocation('r3', 'events'),
        report('r3', WARM),
        report('nobody', WARM),
      ],
    ]);
    expect(await read(log)).toEqual([{ requestId: 'r1', status: 'success', ...WARM, initDurationMs: null }]);
  });

  it('keeps failed and cold invocations', async () => {
    const log = logOf([
      [
        invocation('cold', 'events-run-1'),
        report('cold', { ...WARM, initDurationMs: 250.5 }),
        invocation('slow', 'events-run-1'),
        report('slow', { ...WARM, durationMs: 60_000 }, 'timeout'),
        invocation('killed', 'events-run-1'),
        report('killed', { durationMs: 5 }, 'error'),
      ],
    ]);
    expect(await read(log)).toEqual([
      { requestId: 'cold', status: 'success', ...WARM, initDurationMs: 250.5 },
      { requestId: 'slow', status: 'timeout', ...WARM, durationMs: 60_000, initDurationMs: null },
      {
        requestId: 'killed',
        status: 'error',
        durationMs: 5,
        billedDurationMs: 0,
        maxMemoryUsedMB: 0,
        initDurationMs: null,
      },
    ]);
  });

  it('reads every page, also empty ones, whichever page has the other half', async () => {
    const log = logOf([
      [report('r1', WARM)],
      [],
      [invocation('r1', 'events-run-1'), invocation('r2', 'events-run-1')],
      [report('r2', WARM)],
    ]);
    expect((await read(log)).map(({ requestId }) => requestId)).toEqual(['r1', 'r2']);
  });

  it("asks for the function's own log from the run's start on, and a minute before, for the clocks' sake", async () => {
    const log = logOf([[], []]);
    await read(log);
    const asked = { logGroupName: '/aws/lambda/micro', startTime: 40_000 };
    expect(log.calls.map(({ input }) => input)).toEqual([
      { ...asked, filterPattern: '"tidemark.invocation"' },
      { ...asked, filterPattern: '"tidemark.invocation"', nextToken: '1' },
      { ...asked, filterPattern: '"platform.report"' },
      { ...asked, filterPattern: '"platform.report"', nextToken: '1' },
    ]);
  });

  it('passes over lines that are no JSON, or no report of a record', async () => {
    const log = logOf([
      [
        'RuntimeError: "platform.report" tidemark.invocation',
        '{"type":"platform.report","rec',
        '{"said":"platform.report"}',
        invocation('r1', 'events-run-1'),
        report('r1', WARM),
      ],
    ]);
    expect(await read(log)).toHaveLength(1);
  });

  it('reads the lines as Lambda writes them in its JSON log format', async () => {
    const lines = [
      '{"time":"2026-11-20T15:19:28.124Z","type":"platform.start","record":{"requestId":"c2a7ce3a","version":"$LATEST"}}\n',
      '{"type":"tidemark.invocation","requestId":"c2a7ce3a","stream":"events-run-1"}\n',
      '{"time":"2026-11-20T15:19:28.160Z","type":"platform.report","record":{"requestId":"c2a7ce3a","metrics":{"durationMs":35.58,"billedDurationMs":246,"memorySizeMB":1024,"maxMemoryUsedMB":98,"initDurationMs":209.65},"tracing":{"spanId":"3c4f","type":"X-Amzn-Trace-Id","value":"Root=1-5c4f"},"status":"success"}}\n',
    ];
    expect(await read(logOf([lines]))).toEqual([
      {
        requestId: 'c2a7ce3a',
        status: 'success',
        durationMs: 35.58,
        billedDurationMs: 246,
        maxMemoryUsedMB: 98,
        initDurationMs: 209.65,
      },
    ]);
  });
});

/** A log that shows one more of these lines at every look; time passes only while somebody waits. */
function slowLog(lines: readonly string[]) {
  vi.useFakeTimers({ now: 1_000_000 });
  onTestFinished(() => void vi.useRealTimers());
  let looks = 0;
  return scriptedTarget({
    logs({ input }) {
      const term = (input.filterPattern as string).replaceAll('"', '');
      if (term === 'tidemark.invocation') looks++;
      return { events: lines.slice(0, looks).flatMap((message) => (message.includes(term) ? [{ message }] : [])) };
    },
  });
}

async function outcomeOf<Result>(work: Promise<Result>): Promise<Result | string> {
  const outcome = work.catch((error: unknown) => String(error));
  await vi.runAllTimersAsync();
  return outcome;
}

describe('reports that come late', () => {
  const committed = ['r1', 'r2'];

  it('are asked for again until those of all commits are there', async () => {
    const log = slowLog([report('r1', WARM), invocation('r1', 'events-run-1'), report('r2', WARM)]);
    const collected = await outcomeOf(collect(log, { committed, untilMs: 1_090_000 }));
    expect(collected).toMatchObject({ invocations: 2, missing: null });
    expect(log.calls).toHaveLength(6);
    expect(Date.now()).toBe(1_004_000); // at once, after 2 s and after 4 s
  });

  it('are waited for also where only the function has told of the invocation', async () => {
    const log = slowLog([invocation('failed', 'events-run-1'), report('failed', WARM, 'error')]);
    expect(await outcomeOf(collect(log, { untilMs: 1_090_000 }))).toMatchObject({
      invocations: 1,
      reports: [{ requestId: 'failed', status: 'error' }],
      missing: null,
    });
  });

  it('are given up when the time has passed, and it says how many there were', async () => {
    const log = slowLog([report('r1', WARM)]);
    expect(await outcomeOf(collect(log, { committed, untilMs: 1_090_000 }))).toMatchObject({
      invocations: 2,
      reports: [{ requestId: 'r1' }],
      missing: "the platform's log has reports of 1 of 2 invocations",
    });
    expect(Date.now()).toBe(1_090_000);
  });

  it('are not made up where the platform writes none', async () => {
    const log = slowLog(['REPORT RequestId: r1\tDuration: 12.30 ms\tBilled Duration: 13 ms']);
    expect(await outcomeOf(collect(log, { committed, untilMs: 0 }))).toEqual({
      invocations: 2,
      reports: [],
      missing: "the platform's log has reports of 0 of 2 invocations",
    });
  });

  it('are waited for no longer than the signal allows', async () => {
    const log = slowLog([]);
    const stop = new AbortController();
    setTimeout(() => stop.abort('interrupted'), 7_000);
    const query = { committed, untilMs: 1_090_000, signal: stop.signal };
    expect(await outcomeOf(collect(log, query))).toBe('interrupted');
  });
});

describe('a log that cannot be read', () => {
  const failing = (error: Error) =>
    scriptedTarget({
      logs() {
        throw error;
      },
    });

  it.each([
    [
      'is not there',
      new ResourceNotFoundException({ message: 'The specified log group does not exist.', $metadata: {} }),
    ],
    ['is not allowed', new UsageError('No permission: logs:FilterLogEvents')],
  ])('costs the figures and not the run where it %s', async (_name, error) => {
    expect(await collect(failing(error), { committed: ['r1'] })).toEqual({
      invocations: 1,
      reports: [],
      missing: error.message,
    });
  });

  it('fails the run on anything else', async () => {
    await expect(collect(failing(new Error('internal')))).rejects.toThrow('internal');
  });
});

describe('initsOf', () => {
  it('has what each environment took that was started, and nothing of warm ones', () => {
    const warm = { requestId: 'r', status: 'success', ...WARM, initDurationMs: null };
    expect(initsOf([warm, { ...warm, initDurationMs: 250.5 }, { ...warm, initDurationMs: 199 }])).toEqual([250.5, 199]);
    expect(initsOf([])).toEqual([]);
  });
});
