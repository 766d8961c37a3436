import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../../scripts/report/render-report.ts';
import type { PathReport, Report } from '../../../../scripts/report/report.ts';
import type { Place } from '../../../../scripts/targets/target.ts';
import { EXACT_REPORT, reportWith } from '../../../support/report.ts';

const firstLine = (report: Report) => renderReport(report).split('\n')[0];

/** What a row of the table shows for both paths. */
function row(report: Report, label: string): string[] {
  const line = renderReport(report)
    .split('\n')
    .find((text) => text.startsWith(`${label}  `));
  return (line ?? '').slice(label.length).trim().split(/ {2,}/);
}

const kill = { atMs: 0, functionName: 'micro', busy: true };

describe('renderReport', () => {
  it.each<[string, Report]>([
    ['EXACT: both paths counted all of 9,999 events in 84 windows.', EXACT_REPORT],
    [
      'EXACT: both paths counted all of 9,999 events in 84 windows, 12 malformed lines quarantined.',
      reportWith({ sentMalformed: 12 }, { quarantined: 12 }),
    ],
    [
      'EXACT: both paths counted all of 9,999 events in 84 windows, 5 execution environments killed meanwhile.',
      { ...EXACT_REPORT, faults: Array.from({ length: 5 }, () => kill) },
    ],
    [
      'EXACT: both paths counted 2,297 of 9,999 events in 84 windows and dropped the other 7,702 as late.',
      reportWith({}, { counted: 2_297, late: 7_702, dropped: 7_702 }),
    ],
    [
      'EXACT: both paths counted 2 of 3 events in 1 window and dropped the other 1 as late, 1 malformed line quarantined, ' +
        '1 execution environment killed meanwhile.',
      reportWith(
        { sentEvents: 3, sentMalformed: 1 },
        { counted: 2, dropped: 1, quarantined: 1 },
        { load: { ...EXACT_REPORT.load, windows: 1 }, faults: [kill] },
      ),
    ],
  ])('says in its first line: %s', (line, report) => {
    expect(firstLine(report)).toBe(line);
  });

  it('never claims that all was counted where events were dropped as late', () => {
    expect(renderReport(reportWith({}, { counted: 9_998, dropped: 1 }))).not.toContain('all of');
  });

  it('says first that a run is not exact, then what each path lacks, with rows that differ', () => {
    const report = reportWith({ exact: false, pathsAgree: false });
    report.correctness.microBatch = {
      ...report.correctness.microBatch,
      exact: false,
      missing: 3,
      unexplained: 1_003,
      examples: [{ key: '[0,"a",null]', sent: 5, counted: '2' }],
    };

    expect(renderReport(report).split('\n\n')[0]).toBe(
      [
        'NOT EXACT: the paths differ from the 9,999 events in 84 windows that were sent.',
        '  The tables of the two paths differ from each other.',
        '  micro-batch: 3 missing, 0 surplus, 1,003 lines unexplained',
        '    [0,"a",null]: sent 5, counted 2',
      ].join('\n'),
    );
  });

  it('shows five rows that differ of each path, and the kills', () => {
    const examples = Array.from({ length: 10 }, (_, i) => ({ key: `[0,"${i}"]`, sent: 0, counted: '1' }));
    const report = reportWith({ exact: false }, { exact: false, surplus: 10, examples }, { faults: [kill] });
    expect(firstLine(report)).toMatch(/ that were sent, 1 execution environment killed meanwhile\.$/);
    expect(renderReport(report).match(/: sent 0, counted 1$/gm)).toHaveLength(10);
    expect(renderReport(report)).toContain('  scheduled-batch: 0 missing, 10 surplus, 0 lines unexplained');
  });

  it.each([
    ['events counted', '9,999', '9,999'],
    ['missing / surplus', '0 / 0', '0 / 0'],
    ['freshness p50 / p95 / p99 / max', '120 ms / 480 ms / 999 ms / 1.00 s', '120 ms / 480 ms / 999 ms / 1.00 s'],
    ['end to end p50 / p95 / p99 / max', '130 ms / 490 ms / 1.01 s / 1.23 s', '130 ms / 490 ms / 1.01 s / 1.23 s'],
    ['  of windows; still open', '11; 73', '11; 73'],
    ['invocations (failed, cold)', '1,240 (5, 7)', '13 (0, 1)'],
    ['billed duration', '41.50 s', '41.50 s'],
    ['  reported by the platform', '1,240', '13'],
    ['memory, greatest', '95 MB', '95 MB'],
    ['rows written', '30,000', '3,000'],
    ['rows written per final row', '10.00', '1.00'],
  ])('shows %s of both paths', (label, micro, scheduled) => {
    expect(row(EXACT_REPORT, label)).toEqual([micro, scheduled]);
  });

  it('shows what is late, dropped, discarded, expired and quarantined', () => {
    const report = reportWith({}, { late: 9, dropped: 8, discarded: 7, expired: 6, quarantined: 1_005 });
    expect(row(report, 'late / dropped')).toEqual(['9 / 8', '9 / 8']);
    expect(row(report, 'discarded / expired')).toEqual(['7 / 6', '7 / 6']);
    expect(row(report, 'quarantined lines')).toEqual(['1,005', '1,005']);
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
    for (const measure of ['freshness', 'end to end', 'finality']) {
      expect(row(report, `${measure} p50 / p95 / p99 / max`)).toEqual(['–', '–']);
    }
    expect(row(report, '  of windows; still open')).toEqual(['0; 73', '0; 73']);
    expect(row(report, 'rows written per final row')).toEqual(['–', '–']);
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
      reportsMissing: "the platform's log has reports of 0 of 1240 invocations",
    };
    const report = { ...EXACT_REPORT, paths: { ...EXACT_REPORT.paths, microBatch: unreported } };
    expect(row(report, 'invocations (failed, cold)')).toEqual(['1,240 (–, –)', '13 (0, 1)']);
    expect(row(report, '  reported by the platform')).toEqual(['0', '13']);
    expect(row(report, 'billed duration')).toEqual(['–', '41.50 s']);
    expect(row(report, 'memory, greatest')).toEqual(['–', '95 MB']);
    const text = renderReport(report);
    expect(text).toContain("Incomplete for micro-batch: the platform's log has reports of 0 of 1240 invocations.");
    expect(text).not.toMatch(/NaN|null|Incomplete for scheduled-batch/);
  });

  it.each<[Partial<Place>, where: string, measured: string]>([
    [{}, 'Measured on embedded: stack Tidemark, version 0.1.0, external database.', 'measured on this machine'],
    [
      { name: 'localstack', endpoint: 'http://127.0.0.1:4566', region: 'us-east-1' },
      'Measured on localstack (http://127.0.0.1:4566, us-east-1): stack Tidemark, version 0.1.0, external database.',
      'measured on an emulator',
    ],
    [
      { name: 'aws', region: 'eu-west-1', stack: 'Clicks', database: 'aurora' },
      'Measured on aws (eu-west-1): stack Clicks, version 0.1.0, aurora database.',
      'measured on AWS',
    ],
  ])('says where it was measured, and what that means: %j', (place, where, measured) => {
    const text = renderReport({ ...EXACT_REPORT, target: { ...EXACT_REPORT.target, ...place } });
    expect(text.split('\n')).toContain(where);
    expect(text.split('\n').at(-1)).toContain(measured);
  });

  it('names the lines of a log that could not be parsed, the first five of them', () => {
    const examples = [3, 1_000, 4_711, 5_000, 6_000, 7_000].map((line) => ({
      line,
      reason: 'no time',
      text: `1.2.3.${line}`,
    }));
    const input = { format: 'combined', linesRead: 10_000, blankLines: 0, unparsed: { count: 6, examples } };
    const lines = renderReport({ ...EXACT_REPORT, load: { ...EXACT_REPORT.load, input } }).split('\n');
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

  it('says nothing of an input where the load was generated, and ends with how to read it', () => {
    const text = renderReport(EXACT_REPORT);
    expect(text).not.toContain('could not parse');
    expect(text).toMatch(
      /\n\nHow to read this\n.*freshness.*\n.*finality.*\n.*rows written per final row.*\n.*measured/s,
    );
    expect(text).not.toMatch(/ $/m);
  });
});
