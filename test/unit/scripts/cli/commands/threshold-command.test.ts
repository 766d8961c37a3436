import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeScenario } from '#cli/commands/threshold.ts';
import { PRICES } from '#model/prices/price-table.ts';
import { prepareScenario } from '#model/verdict/scenario.ts';
import { decide } from '#model/verdict/verdict.ts';
import type { Answer } from '#report/assemble/answer.ts';
import { modelOf } from '#report/definition/model-of.ts';
import { predictReport } from '#report/prediction/predictions.ts';
import { writeSentence } from '#report/words/sentence.ts';
import { wordVerdict } from '#report/words/word-verdict.ts';
import { runScript } from '#test/support/command-run.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';

const run = (...args: string[]) => runScript('threshold', args);

describe('npm run threshold', () => {
  let folder: string;
  let report: string;

  const file = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-threshold-'));
    report = file('report.json');
    await writeFile(report, JSON.stringify(EXACT_REPORT));
    const repeated = changedReport({ run: { ...EXACT_REPORT.run, id: 'efgh5678' } });
    await writeFile(file('repeated.json'), JSON.stringify(repeated));
    await writeFile(file('inexact.json'), JSON.stringify(changedReport({ exact: false })));
    await writeFile(file('replay.json'), JSON.stringify(changedReport({ experiment: 'replay' })));
    await writeFile(file('edited.json'), JSON.stringify({ ...EXACT_REPORT, exact: false }));
    await writeFile(file('cut.json'), JSON.stringify(EXACT_REPORT).slice(0, 1_000));
    const { 'aurora-io': _, ...table } = EXACT_REPORT.prices.table;
    const unpriced = changedReport({ prices: { ...EXACT_REPORT.prices, table: table as never } });
    await writeFile(file('unpriced.json'), JSON.stringify(unpriced));
    const elsewhere = changedReport({ machine: { ...EXACT_REPORT.machine, cpus: 8 } });
    await writeFile(file('elsewhere.json'), JSON.stringify(elsewhere));
    await writeFile(file('newer.json'), JSON.stringify({ ...EXACT_REPORT, schemaVersion: 4 }));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('answers with the very sentence that the model decides on, for what the report was about', async () => {
    const { code, stdout, stderr } = await run('--report', report);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { summary } = decide(modelOf(EXACT_REPORT), prepareScenario(EXACT_REPORT.scenario));
    expect(stdout.split('\n')[0]).toBe(writeSentence(summary));
  });

  it('answers for another load, reader, database and price', async () => {
    const prices = { ...PRICES, 'aurora-acu-hour': { ...PRICES['aurora-acu-hour'], usd: 0.24 } };
    await writeFile(file('prices.json'), JSON.stringify({ prices }));
    const args = '--rate 20000 --hosts 5000 --windows 5m,1h --reads final --freshness-value 3 --database always-on';
    const { code, stdout } = await run(
      '--report',
      report,
      ...args.split(' '),
      '--prices',
      file('prices.json'),
      ...'--spark-start 90s --billing-minimum 30s --json'.split(' '),
    );
    expect(code).toBe(0);
    const answer = JSON.parse(stdout) as Answer;
    const scenario = changeScenario(EXACT_REPORT.scenario, {
      rate: 20_000,
      hosts: 5_000,
      windows: [300_000, 3_600_000],
      reads: 'final',
      freshnessValue: 3,
      database: 'always-on',
    });
    expect(answer.scenario).toEqual(scenario);
    const given = answer.rule.filter(({ assumptions }) => assumptions.startsWith('As given'));
    expect(given.map(({ assumptions }) => assumptions)).toEqual(
      new Array(2).fill('As given: Spark takes 90 s to start; 30 seconds is billed at least'),
    );
    const verdict = decide({ ...modelOf(EXACT_REPORT), prices }, prepareScenario(scenario));
    expect(answer.verdict).toEqual(wordVerdict(verdict));
  });

  it('sets what it predicts of another report beside what that measured', async () => {
    const { code, stdout } = await run('--report', report, '--against', file('repeated.json'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^The model of run abcd1234 \(500 events\/s\) predicts run efgh5678 \(500 events\/s\): /);
    expect(stdout).toMatch(/live run +micro-batch +freshness, mean +\d+ ms +540 ms +[+−]/);
    const json = await run('--report', report, '--against', file('repeated.json'), '--json');
    const { predictions, leftOut } = JSON.parse(json.stdout) as { predictions: unknown[]; leftOut: string | null };
    expect(leftOut).toBeNull();
    expect(predictions).toMatchObject(predictReport(EXACT_REPORT.model.parameters, EXACT_REPORT));
  });

  it('predicts no CPU of another machine, and says so', async () => {
    const { code, stdout } = await run('--report', report, '--against', file('elsewhere.json'));
    expect(code).toBe(0);
    expect(stdout).toContain('\nNot compared: CPU, measured on other machines (cpus 2 and 8).\n');
    expect(stdout).not.toContain('CPU per event');
  });

  it.each<[args: string[], message: RegExp]>([
    [[], /^Missing --report: /],
    [['--report', 'nowhere.json'], /^Can't read report 'nowhere\.json': /],
    [['--report', 'cut.json'], /^Can't read report '.*cut\.json': .*cut off/],
    [['--report', 'edited.json'], /^Report '.*edited\.json' was changed after it was written: /],
    [['--report', 'newer.json'], /^Report '.*newer\.json' was made by a newer Tidemark: schema 4, this reads 3/],
    [['--report', 'inexact.json'], /^Can't answer from --report '.*inexact\.json': its counts were not exact, /],
    [['--report', 'inexact.json', '--against', 'report.json'], /^Can't answer from --report '.*inexact\.json': /],
    [
      ['--report', 'unpriced.json'],
      /^Can't model with the report: its prices\.table\.aurora-io is missing: expected an object/,
    ],
    [['--report', 'report.json', '--rate', '0'], /^Invalid --rate '0': expected a number from 1 to 10000000; /],
    [['--report', 'report.json', '--windows', '2d'], /^Invalid --windows '2d': /],
    [['--report', 'report.json', '--prices', 'nowhere.json'], /^Can't read --prices '.*nowhere\.json': /],
    [
      ['--report', 'report.json', '--against', 'replay.json'],
      /^Can't compare with --against '.*replay\.json': it replayed a log/,
    ],
    [
      ['--report', 'report.json', '--against', 'report.json'],
      /^Can't compare with --against '.*report\.json': it is the same report as --report '.*report\.json', /,
    ],
    [['--report', 'report.json', '--against', 'cut.json'], /^Can't read report '.*cut\.json': /],
  ])('ends with one line and code 2 on %j', async (args, message) => {
    const inFolder = args.map((arg) => (arg.endsWith('.json') && arg !== 'nowhere.json' ? file(arg) : arg));
    const { code, stdout, stderr } = await run(...inFolder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
