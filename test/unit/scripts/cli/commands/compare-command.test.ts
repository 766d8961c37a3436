import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '#report/definition/report.ts';
import { runScript } from '#test/support/command-run.ts';
import { changedReport, EXACT_REPORT, reportWith } from '#test/support/report.ts';

const { load, machine, paths, repeats } = EXACT_REPORT;

/** Three times the rows in every run, on both paths. */
function withMoreRows(report: Report): Report {
  const more = <Figures extends { rowsWritten: number }>(figures: Figures): Figures => ({
    ...figures,
    rowsWritten: 3 * figures.rowsWritten,
  });
  const ofBoth = <Figures extends { rowsWritten: number }>(both: {
    readonly microBatch: Figures;
    readonly scheduledBatch: Figures;
  }) => ({ microBatch: more(both.microBatch), scheduledBatch: more(both.scheduledBatch) });
  return changedReport({
    paths: ofBoth(report.paths),
    repeats: report.repeats.map((each) => ({ ...each, paths: ofBoth(each.paths) })),
  });
}

const REPORTS: Record<string, string> = {
  'base.json': JSON.stringify(EXACT_REPORT),
  'copy.json': JSON.stringify(EXACT_REPORT, null, 2),
  'rows.json': JSON.stringify(withMoreRows(EXACT_REPORT)),
  'noisy.json': JSON.stringify(
    changedReport({
      repeats: repeats.map((each, i) => ({
        ...each,
        paths: { ...paths, microBatch: { ...paths.microBatch, cpuMs: paths.microBatch.cpuMs * (i + 1) } },
      })),
    }),
  ),
  'inexact.json': JSON.stringify(reportWith({ exact: false }, { exact: false, missing: 3 })),
  'workload.json': JSON.stringify(changedReport({ load: { ...load, options: { ...load.options, rate: 1_000 } } })),
  'machine.json': JSON.stringify(changedReport({ machine: { ...machine, cpus: 8 } })),
  'newer.json': JSON.stringify({ ...EXACT_REPORT, schemaVersion: 99 }),
};

describe('npm run compare', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-compare-'));
    for (const [name, text] of Object.entries(REPORTS)) await writeFile(join(folder, name), text);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const run = (...args: string[]) => runScript('compare', args, folder);

  it.each<[string, string[], number, string]>([
    ['a report beside its copy', ['base.json', 'copy.json'], 0, 'Both files hold the same report, run abcd1234.'],
    ['a limit that is kept', ['base.json', 'rows.json', '--fail-on', 'rows=+300%'], 0, 'No limit crossed, of 2 limits'],
    ['a limit that is crossed', ['base.json', 'rows.json', '--fail-on', 'rows=+10%'], 1, '2 of 2 limits crossed'],
    ['a limit and noise', ['base.json', 'noisy.json', '--fail-on', 'cpu=+10%'], 0, 'beyond the limit, within noise'],
    [
      'a report that is not exact',
      ['base.json', 'inexact.json'],
      1,
      'NOT EXACT, so nothing else is compared: inexact.json: ',
    ],
    [
      'another machine',
      ['base.json', 'machine.json'],
      0,
      'Not compared: freshness, end-to-end, finality, cpu, billed, cost, ',
    ],
  ])('prints the comparison of %s: %j ends with %d', async (_, args, code, line) => {
    const ended = await run(...args);
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: '' });
    expect(ended.stdout).toContain(line);
    expect(ended.stdout).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it.each<[string[], RegExp]>([
    [
      ['base.json', 'workload.json'],
      /^Can't compare 'base\.json' with 'workload\.json': their workloads differ \(rate 500 and 1,000\); .*\n$/,
    ],
    [['base.json', 'newer.json'], /^Report 'newer\.json' was made by a newer Tidemark: .*\n$/],
    [['base.json', 'nowhere.json', '--fail-on', 'rows'], /^Invalid --fail-on 'rows': expected such as .*\n$/],
    [
      ['base.json', 'machine.json', '--fail-on', 'cpu=+1%'],
      /^Can't test --fail-on 'cpu=\+1%': micro-batch\.cpu can't be compared: measured on other machines \(cpus 2 and 8\); .*\n$/,
    ],
  ])('ends with one line and 2 on %j', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('prints JSON and Markdown of several reports, of which one may fail them all', async () => {
    const reports = ['base.json', 'rows.json', 'copy.json', '--fail-on', 'rows=+1%'];
    const [json, markdown] = await Promise.all([
      run(...reports, '--format', 'json'),
      run(...reports, '--format', 'markdown'),
    ]);
    expect(JSON.parse(json.stdout)).toMatchObject({ schemaVersion: 1, comparisons: [{ same: false }, { same: true }] });
    expect(markdown.stdout).toMatch(/^### Tidemark: 2 of 2 limits crossed\n[\s\S]*^### Tidemark: No limit crossed/m);
    expect([json.code, markdown.code]).toEqual([1, 1]);
  });
});
