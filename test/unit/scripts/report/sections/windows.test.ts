import { describe, expect, it } from 'vitest';
import type { Report, WindowReport } from '#report/definition/report.ts';
import { select } from '#report/sections/section.ts';
import { drainedWindows, WINDOW_COLUMNS, windowsSection } from '#report/sections/windows.ts';
import { exportText } from '#report/terminal/export-text.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

const [WINDOW] = EXACT_REPORT.verdict.windows;

/** A window in which only what the table shows is of interest. */
function windowOf(
  windowSeconds: number,
  stream: Partial<WindowReport['stream']>,
  batch: Partial<WindowReport['batch']>,
  given: Partial<WindowReport> = {},
): WindowReport {
  if (WINDOW === undefined) throw new Error('The fixture has no window');
  return {
    ...WINDOW,
    windowSeconds,
    stream: { ...WINDOW.stream, ...stream },
    batch: { ...WINDOW.batch, ...batch },
    ...given,
  };
}

function reportOf(windows: WindowReport[], given: Partial<Report['verdict']> = {}): Report {
  return { ...EXACT_REPORT, verdict: { ...EXACT_REPORT.verdict, windows, ...given } };
}

/** As the terminal shows them. */
function renderWindows(report: Report): string {
  const { verdict, prices, scenario } = report;
  const { batchSize } = scenario.deployment;
  const section = windowsSection(verdict, { batchSize, prices, drained: drainedWindows(report) });
  return exportText([select(section, WINDOW_COLUMNS.terminal)]).split('\n\n')[0] ?? '';
}

/** The cells of each line of the table. */
const cells = (report: Report) =>
  renderWindows(report)
    .split('\n')
    .map((line) => line.split(/ {2,}/));

describe('windowsSection', () => {
  it('has costs, delays and the verdict of each window, and whether a drain of it was run', () => {
    const windows = [
      windowOf(
        300,
        { batchingWindowSeconds: 10, batchSize: 1_000, costUsd: 70.126, delaySeconds: 5.04 },
        { costUsd: 1_234.5, delaySeconds: 168 },
        { decision: 'stream', reason: 'streaming is cheaper' },
      ),
      windowOf(
        3_600,
        { batchingWindowSeconds: 0, batchSize: 1_000, costUsd: 70, delaySeconds: 0.6 },
        { costUsd: 70, delaySeconds: 1_830 },
        { decision: 'either', reason: 'the error leaves it open' },
      ),
    ];
    expect(cells(reportOf(windows)).slice(1)).toEqual([
      ['Window', 'Batching window', 'Streaming, USD', 'Freshness', 'Batch, USD', 'Batch: freshness', 'Verdict'],
      ['5 minutes (drain run)', '10 seconds', '70.13', '5 seconds', '1,234.50', '2.8 minutes', 'stream'],
      ['1 hour', 'none', '70.00', '0.6 seconds', '70.00', '30.5 minutes', 'either'],
      ['', '5 minutes: streaming is cheaper'],
      ['', '1 hour: the error leaves it open'],
    ]);
  });

  it('speaks of finality to readers of final windows', () => {
    expect(cells(reportOf([windowOf(300, {}, {})], { reader: 'final' }))[1]).toEqual(
      expect.arrayContaining(['Finality', 'Batch: finality']),
    );
  });

  it('names memory that is more than what is deployed, and a batching window that size cuts short', () => {
    const more = { memoryMb: 1_769, memoryRaised: true };
    const full = { batchingWindowSeconds: 60, fullAfterSeconds: 35.6 };
    const windows = [windowOf(300, { ...full, ...more }, { ...more, costUsd: 70 })];
    const [, , row] = cells(reportOf(windows));
    expect(row?.[1]).toBe('1 minute, full after 36 seconds with 1,769 MB');
    expect(row?.[4]).toBe('70.00 (with 1,769 MB)');
  });

  it('says once, below the table, which size of batches a batching window is meant with', () => {
    const filled = { batchingWindowSeconds: 60, batchSize: 10_000 };
    const text = renderWindows(reportOf([windowOf(300, filled, {}), windowOf(900, filled, {})]));
    expect(text.match(/-c batchingWindow=60 -c batchSize=10000$/gm)).toHaveLength(1);
    const { deployment } = EXACT_REPORT.scenario;
    expect(renderWindows(reportOf([windowOf(300, { ...filled, batchSize: deployment.batchSize }, {})]))).not.toContain(
      'batchSize',
    );
  });

  it('has no figures of what is impossible', () => {
    const windows = [windowOf(300, {}, { possible: false }, { reason: 'batch is impossible: it is too slow' })];
    expect(cells(reportOf(windows))[2]?.slice(4, 6)).toEqual(['–', '–']);
    const [, , none] = cells(reportOf([windowOf(300, { possible: false }, {})]));
    expect(none?.slice(1, 4)).toEqual(['–', '–', '–']);
  });

  it.each([
    [{ region: 'us-east-1', builtIn: true }, 'list prices of us-east-1'],
    [{ region: 'eu-west-1', builtIn: false }, 'given prices of eu-west-1'],
    [{ region: null, builtIn: false }, 'given prices of several regions'],
  ])('says where the prices are from: %j', (prices, expected) => {
    const report = { ...EXACT_REPORT, prices: { ...EXACT_REPORT.prices, ...prices } };
    expect(renderWindows(report).split('\n')[0]).toContain(`modelled for AWS with ${expected}:`);
  });
});

describe('notes of the batch size', () => {
  const filled = (batchingWindowSeconds: number) => ({ batchingWindowSeconds, batchSize: 10_000 });
  const notesOf = (batchSize: number, ...streams: Partial<WindowReport['stream']>[]) =>
    windowsSection(reportOf(streams.map((stream) => windowOf(300, stream, {}))).verdict, { batchSize }).notes;

  it('say once which size is meant, and how it is deployed', () => {
    expect(notesOf(1_000, { batchSize: 1_000 }, filled(60), filled(60))).toEqual([
      'With a batching window, streaming takes 10,000 records a batch; 1,000 are deployed. Deploy with -c batchingWindow=60 -c batchSize=10000',
    ]);
  });

  it('leave open which batching window where there are several', () => {
    expect(notesOf(1_000, filled(10), filled(60))?.[0]).toMatch(/ -c batchingWindow=<seconds> -c batchSize=10000$/);
  });

  it('are none where the size is the one deployed, or streaming is impossible', () => {
    expect(notesOf(1_000, { batchSize: 1_000 }, { batchingWindowSeconds: 60, batchSize: 1_000 })).toEqual([]);
    expect(notesOf(1_000, { ...filled(60), possible: false })).toEqual([]);
    expect(notesOf(10_000, filled(60))).toEqual([]);
  });
});
