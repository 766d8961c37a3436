import { describe, expect, it } from 'vitest';
import { readPlatformReports } from '../../../../scripts/observe/platform-reports.ts';
import { type Call, scriptedTarget } from '../../../support/scripted-target.ts';

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

const read = (target: ReturnType<typeof logOf>) => readPlatformReports(target.logs, 'micro', 'events-run-1', 1_234);

describe('readPlatformReports', () => {
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

  it("asks for the function's own log from the run's start on", async () => {
    const log = logOf([[], []]);
    await read(log);
    const asked = { logGroupName: '/aws/lambda/micro', startTime: 1_234 };
    expect(log.calls.map(({ input }) => input)).toEqual([
      { ...asked, filterPattern: '"tidemark.invocation"' },
      { ...asked, filterPattern: '"tidemark.invocation"', nextToken: '1' },
      { ...asked, filterPattern: '"platform.report"' },
      { ...asked, filterPattern: '"platform.report"', nextToken: '1' },
    ]);
  });

  it('passes over lines that are no JSON', async () => {
    const log = logOf([
      ['RuntimeError: "platform.report" tidemark.invocation', invocation('r1', 'events-run-1'), report('r1', WARM)],
    ]);
    expect(await read(log)).toHaveLength(1);
  });
});
