import { describe, expect, it } from 'vitest';
import type { Report } from '#report/definition/report.ts';
import { type Section, select } from '#report/sections/section.ts';
import { REGIME_COLUMNS, regimesSection, ruleSection, sensitivitySection } from '#report/sections/thresholds.ts';
import { exportText } from '#report/terminal/export-text.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

const [VERDICT] = EXACT_REPORT.verdicts;
const RULE = EXACT_REPORT.rule.filter(({ startUpSeconds }) => startUpSeconds !== null);

const rowOf = (what: Report['sensitivity'][number]['what'], factor: number, thresholdSeconds: number | null) => ({
  what,
  factor,
  thresholdSeconds,
  streamAgainSeconds: null,
});

const ruleOf = (...thresholds: (number | null)[]): Report['rule'] =>
  thresholds.map((thresholdSeconds, i) => ({ ...(RULE[i] as Report['rule'][number]), thresholdSeconds }));

const textOf = (section: Section): string => exportText([section]);

describe('regimesSection', () => {
  it('has the threshold for each reader in each regime, or that there is none', () => {
    if (VERDICT === undefined) throw new Error('The fixture has no verdicts');
    const verdicts: Report['verdicts'] = [
      { ...VERDICT, regime: 'auto-pause', reader: 'partial', thresholdSeconds: 480 },
      { ...VERDICT, regime: 'auto-pause', reader: 'final', thresholdSeconds: 420 },
      { ...VERDICT, regime: 'always-on', reader: 'partial', thresholdSeconds: null },
      { ...VERDICT, regime: 'always-on', reader: 'final', thresholdSeconds: 3_600 },
      { ...VERDICT, regime: 'shared', reader: 'partial', thresholdSeconds: 60, streamAgainSeconds: 43_200 },
      { ...VERDICT, regime: 'shared', reader: 'final', thresholdSeconds: 60, streamAgainSeconds: null },
    ];
    const lines = textOf(select(regimesSection(verdicts, 1), REGIME_COLUMNS)).split('\n');
    expect(lines.slice(1).map((line) => line.split(/ {2,}/))).toEqual([
      ['Database', 'Readers of', 'Batch from', 'Streaming again from'],
      ['dedicated, may pause', 'counts as they grow', '8 minutes', '–'],
      ['dedicated, may pause', 'final windows only', '7 minutes', '–'],
      ['dedicated, always on', 'counts as they grow', 'never, up to a day', '–'],
      ['dedicated, always on', 'final windows only', '1 hour', '–'],
      ['shared with others', 'counts as they grow', '1 minute', '12 hours'],
      ['shared with others', 'final windows only', '1 minute', '–'],
    ]);
  });

  it('says why both readers are alike where fresher counts are worth nothing', () => {
    const lastLine = (freshnessUsd: number) =>
      textOf(regimesSection(EXACT_REPORT.verdicts, freshnessUsd)).split('\n').at(-1);
    expect(lastLine(0)).toBe('  Both readers’ thresholds are the same, because freshness is worth 0 USD here.');
    expect(lastLine(0.01)).not.toContain('the same');
  });
});

describe('sensitivitySection', () => {
  it('says how the threshold moves', () => {
    const sensitivity = [
      rowOf('rate', 0.1, 300),
      rowOf('rate', 10, null),
      rowOf('value of freshness', 0, 480),
      { ...rowOf('value of freshness', 100, 660), streamAgainSeconds: 2_580 },
    ];
    const { heading, rows } = sensitivitySection(sensitivity, 480);
    expect(heading).toContain('as asked: 8 minutes');
    expect(rows).toEqual([
      ['Rate', '× 0.1: 5 minutes', '× 10: none'],
      ['Value of freshness', '0 USD: 8 minutes', '100 USD: 11 minutes up to 43 minutes'],
    ]);
  });

  it('fills the rows of inputs that have fewer changes', () => {
    const { rows } = sensitivitySection(
      [rowOf('rate', 0.1, 300), rowOf('rate', 10, null), rowOf('hosts', 2, 60)],
      null,
    );
    expect(rows?.[1]).toEqual(['Hosts', '× 2: 1 minute', '']);
  });

  it('says so where it was not asked for', () => {
    expect(sensitivitySection([], null)).toMatchObject({ finding: 'No input was changed.' });
  });
});

describe('ruleSection', () => {
  it.each<[(number | null)[], string]>([
    [[900, 120, 240], '2 to 15 minutes'],
    [[120, 120], '2 minutes'],
    [[120, null, 240], '2 to 4 minutes, or never'],
  ])('puts the rule to the test, with thresholds of %j', (thresholds, expected) => {
    expect(ruleSection(ruleOf(...thresholds)).finding).toBe(
      `Spark instead of Flink: batch from ${expected}, depending on Spark's assumed start-up time; the rule says 1 hour.`,
    );
  });

  it('has no finding where no batch engine is ever better', () => {
    expect(ruleSection(ruleOf(null, null)).finding).toBeUndefined();
  });

  it('names both engines of each pair', () => {
    const { rows = [] } = ruleSection(EXACT_REPORT.rule);
    expect(rows[0]?.slice(1, 3)).toEqual(['Managed Service for Apache Flink', 'EMR Serverless Spark']);
    expect(rows.at(-1)?.slice(1, 3)).toEqual(['the micro-batch path', 'the scheduled-batch path']);
  });
});
