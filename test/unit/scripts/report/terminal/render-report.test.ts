import { describe, expect, it } from 'vitest';
import type { Place } from '#bench/targets/target.ts';
import type { PathReport, Report } from '#report/definition/report.ts';
import { renderReport } from '#report/terminal/render-report.ts';
import { EXACT_REPORT, reportWith } from '#test/support/report.ts';

const linesOf = (report: Report) => renderReport(report).split('\n');

/** What a row of the live run's table shows for both paths. */
function row(report: Report, label: string): string[] {
  const line = linesOf(report).find((text) => text.startsWith(`${label}  `));
  return (line ?? '').slice(label.length).trim().split(/ {2,}/);
}

describe('renderReport', () => {
  it('says the verdict first, then that it rests on exact counts, then where it was measured', () => {
    expect(linesOf(EXACT_REPORT).slice(0, 3)).toEqual([
      EXACT_REPORT.verdict.sentence,
      expect.stringMatching(/^EXACT: /),
      expect.stringMatching(/^Measured on embedded/),
    ]);
  });

  it('says first of all that it is not exact, and what the verdict is then worth', () => {
    const lines = linesOf(reportWith({ exact: false }, { exact: false, missing: 1 }));
    expect(lines[0]).toBe('NOT EXACT: live run.');
    expect(lines).toContain(`Not valid until the counts are exact: ${EXACT_REPORT.verdict.sentence}`);
    expect(lines).not.toContain(EXACT_REPORT.verdict.sentence);
  });

  it('says first of all that it is partial, and names what is missing', () => {
    const notMeasured = [{ what: 'drain of 5 minutes', why: 'interrupted' }];
    const lines = linesOf({ ...EXACT_REPORT, complete: false, notMeasured });
    expect(lines[0]).toBe('PARTIAL: the benchmark ended before everything was measured; missing: drain of 5 minutes.');
    expect(lines).toContain('Not measured: drain of 5 minutes: interrupted.');
  });

  it('names what was modelled instead of measured without calling the report partial', () => {
    const notMeasured = [{ what: 'drain of 2 hours', why: '3,600,000 events: modelled instead' }];
    const lines = linesOf({ ...EXACT_REPORT, notMeasured });
    expect(lines[0]).toBe(EXACT_REPORT.verdict.sentence);
    expect(lines).toContain('Not measured: drain of 2 hours: 3,600,000 events: modelled instead.');
  });

  it('fits two screens: verdict, windows, thresholds, drains, batching windows, live run, error, how to read it', () => {
    const text = renderReport(EXACT_REPORT);
    const heads = [
      'Per window, modelled',
      'Threshold for other readers and databases',
      'Drains, measured',
      'Batching windows, the micro-batch path alone',
      'The live run',
      'Error of the model',
      'How to read this',
    ];
    const places = heads.map((head) => text.indexOf(`\n\n${head}`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(text.split('\n').length).toBeLessThan(90);
    expect(text).not.toMatch(/ $/m);
    expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it('leaves out what was not measured', () => {
    const text = renderReport({ ...EXACT_REPORT, drains: [], batchingWindows: [] });
    expect(text).not.toMatch(/Drains, measured|Batching windows, the|\n\n\n/);
  });

  it.each([
    ['Events counted', '33,500', '33,500'],
    ['Missing / surplus', '0 / 0', '0 / 0'],
    ['Freshness p50 / p95 / p99 / max', '520 ms / 980 ms / 1.05 s / 1.1 s', '6.6 s / 9 s / 9.25 s / 9.4 s'],
    ['End to end p50 / p95 / p99 / max', '530 ms / 990 ms / 1.06 s / 1.23 s', '6.61 s / 9.01 s / 9.26 s / 9.45 s'],
    ['Invocations (failed, cold)', '136 (2, 3)', '14 (0, 1)'],
    ['Billed duration', '2.45 s', '2.05 s'],
    ['Invocations reported by the platform', '136', '14'],
    ['Memory, greatest', '95 MB', '110 MB'],
    ['Rows written', '41,000', '30,750'],
    ['Rows written per final row', '2.00', '1.50'],
  ])('shows %s of both paths', (label, micro, scheduled) => {
    expect(row(EXACT_REPORT, label)).toEqual([micro, scheduled]);
  });

  it('accounts for all 15 windows: final, still open, and begun before the load', () => {
    expect(row(EXACT_REPORT, 'Windows final / open / begun before the load')).toEqual(['12 / 2 / 1', '12 / 2 / 1']);
    expect(12 + 2 + 1).toBe(EXACT_REPORT.load.windows);
  });

  it('shows what is late, dropped, discarded, expired and quarantined', () => {
    const report = reportWith({}, { late: 9, dropped: 8, discarded: 7, expired: 6, quarantined: 1_005 });
    expect(row(report, 'Late / dropped / discarded / expired')).toEqual(['9 / 8 / 7 / 6', '9 / 8 / 7 / 6']);
    expect(row(report, 'Quarantined lines')).toEqual(['1,005', '1,005']);
  });

  it('shows a dash for what there is no figure of', () => {
    const nothing: PathReport = {
      ...EXACT_REPORT.paths.microBatch,
      freshnessMs: null,
      endToEndMs: null,
      finalityMs: null,
      rowsFinal: 0,
    };
    const report = { ...EXACT_REPORT, paths: { microBatch: nothing, scheduledBatch: nothing } };
    for (const measure of ['Freshness', 'End to end', 'Finality']) {
      expect(row(report, `${measure} p50 / p95 / p99 / max`)).toEqual(['–', '–']);
    }
    expect(row(report, 'Windows final / open / begun before the load')).toEqual(['0 / 2 / –', '0 / 2 / –']);
    expect(row(report, 'Rows written per final row')).toEqual(['–', '–']);
  });

  it('shows a dash and the reason for what the platform did not report', () => {
    const unreported: PathReport = {
      ...EXACT_REPORT.paths.microBatch,
      reportedInvocations: 0,
      failedInvocations: null,
      coldStarts: null,
      durationMs: null,
      billedDurationMs: null,
      maxMemoryMb: null,
      reportsMissing: "the platform's log has reports of 0 of 136 invocations",
    };
    const report = { ...EXACT_REPORT, paths: { ...EXACT_REPORT.paths, microBatch: unreported } };
    expect(row(report, 'Invocations (failed, cold)')).toEqual(['136 (–, –)', '14 (0, 1)']);
    expect(row(report, 'Invocations reported by the platform')).toEqual(['0', '14']);
    expect(row(report, 'Billed duration')).toEqual(['–', '2.05 s']);
    expect(row(report, 'Memory, greatest')).toEqual(['–', '110 MB']);
    const text = renderReport(report);
    expect(text).toContain("Incomplete for micro-batch: the platform's log has reports of 0 of 136 invocations.");
    expect(text).not.toMatch(/NaN|null|Incomplete for scheduled-batch/);
  });

  it.each<[Partial<Place>, where: string, measured: string]>([
    [{}, 'Measured on embedded: stack Tidemark, version 0.1.0, its own PostgreSQL.', 'this machine'],
    [
      { database: 'external' },
      'Measured on embedded: stack Tidemark, version 0.1.0, an existing database.',
      'this machine',
    ],
    [
      { name: 'localstack', endpoint: 'http://127.0.0.1:4566', region: 'us-east-1', database: 'external' },
      'Measured on localstack (http://127.0.0.1:4566, us-east-1): stack Tidemark, version 0.1.0, an existing database.',
      'an emulator',
    ],
    [
      { name: 'aws', region: 'eu-west-1', stack: 'Clicks', database: 'aurora' },
      'Measured on aws (eu-west-1): stack Clicks, version 0.1.0, a dedicated Aurora cluster.',
      'AWS',
    ],
  ])('says where it was measured, and what that means: %j', (place, where, measured) => {
    const lines = linesOf({ ...EXACT_REPORT, target: { ...EXACT_REPORT.target, ...place } });
    expect(lines).toContain(where);
    expect(lines.slice(-4).join(' ').replaceAll(/ +/g, ' ')).toContain(`Measured figures are from ${measured}`);
  });

  it('names the lines of a log that could not be parsed, the first five of them', () => {
    const examples = [3, 1_000, 4_711, 5_000, 6_000, 7_000].map((line) => ({
      line,
      reason: 'no time',
      text: `1.2.3.${line}`,
    }));
    const input = { format: 'combined', linesRead: 10_000, blankLines: 0, unparsed: { count: 6, examples } };
    const lines = linesOf({ ...EXACT_REPORT, load: { ...EXACT_REPORT.load, input } });
    const at = lines.indexOf('Read 10,000 lines (combined), could not parse 6.');
    expect(lines.slice(at + 1, at + 7)).toEqual([
      '  line 3: no time: 1.2.3.3',
      '  line 1,000: no time: 1.2.3.1000',
      '  line 4,711: no time: 1.2.3.4711',
      '  line 5,000: no time: 1.2.3.5000',
      '  line 6,000: no time: 1.2.3.6000',
      '',
    ]);
  });

  it('says nothing of an input where the load was generated', () => {
    expect(renderReport(EXACT_REPORT)).not.toContain('could not parse');
  });

  it('warns of what the report and the verdict warn of', () => {
    const lines = linesOf({
      ...EXACT_REPORT,
      warnings: ['One.'],
      verdict: { ...EXACT_REPORT.verdict, warnings: ['Two.'] },
    });
    const at = lines.indexOf('Warning: One.');
    expect(lines[at + 1]).toBe('Warning: Two.');
  });

  it.each([
    ['embedded', 'On AWS this run would cost about 0.0312 USD, 1.40 at most (modelled).'],
    ['aws', 'This run costs about 0.0312 USD, 1.40 at most (modelled).'],
  ] as const)('says what a run costs, on %s', (name, expected) => {
    const runCost = { ...EXACT_REPORT.runCost, totalUsd: 0.03123, mostUsd: 1.4 };
    expect(linesOf({ ...EXACT_REPORT, runCost, target: { ...EXACT_REPORT.target, name } })).toContain(expected);
  });
});
