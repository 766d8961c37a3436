import { describe, expect, it } from 'vitest';
import type { Report } from '#report/definition/report.ts';
import { renderThresholds } from '#report/views/render-thresholds.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

const [VERDICT] = EXACT_REPORT.verdicts;
const RULE = EXACT_REPORT.rule.filter(({ startUpSeconds }) => startUpSeconds !== null);

function reportOf(given: Partial<Report>): Report {
  return { ...EXACT_REPORT, sensitivity: [], rule: [], ...given };
}

const rowOf = (what: Report['sensitivity'][number]['what'], factor: number, thresholdSeconds: number | null) => ({
  what,
  factor,
  thresholdSeconds,
  streamAgainSeconds: null,
});

const ruleOf = (...thresholds: (number | null)[]): Report['rule'] =>
  thresholds.map((thresholdSeconds, i) => ({ ...(RULE[i] as Report['rule'][number]), thresholdSeconds }));

describe('renderThresholds', () => {
  it('has the threshold for each reader in each regime, a dash where there is none', () => {
    if (VERDICT === undefined) throw new Error('The fixture has no verdicts');
    const verdicts: Report['verdicts'] = [
      { ...VERDICT, regime: 'auto-pause', reader: 'partial', thresholdSeconds: 480 },
      { ...VERDICT, regime: 'auto-pause', reader: 'final', thresholdSeconds: 420 },
      { ...VERDICT, regime: 'always-on', reader: 'partial', thresholdSeconds: null },
      { ...VERDICT, regime: 'always-on', reader: 'final', thresholdSeconds: 3_600 },
      { ...VERDICT, regime: 'shared', reader: 'partial', thresholdSeconds: 60, streamAgainSeconds: 43_200 },
      { ...VERDICT, regime: 'shared', reader: 'final', thresholdSeconds: 60, streamAgainSeconds: null },
    ];
    const verdict = { ...EXACT_REPORT.verdict, freshnessUsd: 1 };
    const lines = renderThresholds(reportOf({ verdict, verdicts })).split('\n');
    expect(lines.slice(1).map((line) => line.split(/ {2,}/))).toEqual([
      ['', 'partial counts', 'final counts'],
      ['a dedicated database that may pause', '8 minutes', '7 minutes'],
      ['a dedicated database that is always on', '–', '1 hour'],
      ['a database shared with others', '1 minute up to 12 hours', '1 minute'],
    ]);
  });

  it('says why both readers are alike where fresher counts are worth nothing', () => {
    const lastLine = (freshnessUsd: number) =>
      renderThresholds(reportOf({ verdict: { ...EXACT_REPORT.verdict, freshnessUsd } }))
        .split('\n')
        .at(-1);
    expect(lastLine(0)).toBe('  Both columns are alike: fresher counts are worth nothing here; see --freshness-value');
    expect(lastLine(0.01)).not.toContain('alike');
  });

  it('says how the threshold moves', () => {
    const sensitivity = [
      rowOf('rate', 0.1, 300),
      rowOf('rate', 10, null),
      rowOf('value of freshness', 0, 480),
      { ...rowOf('value of freshness', 100, 660), streamAgainSeconds: 2_580 },
    ];
    expect(renderThresholds(reportOf({ sensitivity })).split('\n').slice(-2)).toEqual([
      '  rate × 0.1, 10: 5 minutes, –',
      "  a minute's freshness worth 0, 100 USD a month: 8 minutes, 11 minutes up to 43 minutes",
    ]);
  });

  it.each<[(number | null)[], string]>([
    [[900, 120, 240], '2 to 15 minutes'],
    [[120, 120], '2 minutes'],
    [[120, null, 240], '2 to 4 minutes, or never'],
  ])('puts the rule to the test, with thresholds of %j', (thresholds, expected) => {
    expect(
      renderThresholds(reportOf({ rule: ruleOf(...thresholds) }))
        .split('\n')
        .at(-1),
    ).toBe(`  Spark instead of Flink: ${expected}, by how long Spark is assumed to start; the rule says 1 hour`);
  });

  it('says nothing of the rule where no batch engine is ever better', () => {
    expect(renderThresholds(reportOf({ rule: ruleOf(null, null) }))).not.toContain('Spark');
  });
});
