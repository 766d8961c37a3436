import { describe, expect, it } from 'vitest';
import { PRICES } from '#model/prices/price-table.ts';
import { testRule } from '#model/verdict/engines/test-rule.ts';
import { prepareScenario } from '#model/verdict/scenario.ts';
import { testSensitivity } from '#model/verdict/sensitivity.ts';
import { decide } from '#model/verdict/verdict.ts';
import { answerFor } from '#report/assemble/answer.ts';
import { modelOf } from '#report/definition/model-of.ts';
import type { Report } from '#report/definition/report.ts';
import { wordVerdict } from '#report/words/word-verdict.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';

const scenario = { ...EXACT_REPORT.scenario, windowsSeconds: [300] };
const DEARER = { ...PRICES, 'aurora-acu-hour': { ...PRICES['aurora-acu-hour'], usd: 0.24 } };

function warningsOf(changes: Partial<Report>): readonly string[] {
  return answerFor(changedReport(changes), scenario, null).warnings;
}

describe('answerFor', () => {
  it("decides with the report's model and prices", () => {
    const model = modelOf(EXACT_REPORT);
    const answer = answerFor(EXACT_REPORT, scenario, null);
    expect(answer.verdict).toEqual(wordVerdict(decide(model, prepareScenario(scenario))));
    expect(answer.sensitivity).toEqual(testSensitivity(model, prepareScenario(scenario)));
    expect(answer.rule).toEqual(testRule(model, prepareScenario(scenario)));
    expect(answer.from).toEqual({
      run: 'abcd1234',
      startedAt: '2026-01-31T12:00:00.000Z',
      target: 'embedded',
      eventsPerSecond: 500,
      complete: true,
    });
  });

  it('decides with other prices where they are given', () => {
    const answer = answerFor(EXACT_REPORT, scenario, DEARER);
    expect(answer.prices).toEqual({ region: 'us-east-1', builtIn: false, table: DEARER });
    expect(answer.verdict).toEqual(
      wordVerdict(decide({ ...modelOf(EXACT_REPORT), prices: DEARER }, prepareScenario(scenario))),
    );
    expect(answer.verdict.windows).not.toEqual(
      wordVerdict(decide(modelOf(EXACT_REPORT), prepareScenario(scenario))).windows,
    );
  });

  it('puts the rule to the test with what is given of Spark too', () => {
    const spark = { startUpSeconds: 90, billingMinimumSeconds: 30 };
    const { rule } = answerFor(EXACT_REPORT, scenario, null, spark);
    expect(rule).toEqual(testRule(modelOf(EXACT_REPORT), prepareScenario(scenario), spark));
    expect(rule.filter(({ assumptions }) => assumptions.startsWith('As given'))).toHaveLength(2);
  });

  it('warns of figures that lie far from what was fitted', () => {
    const far = { ...scenario, windowsSeconds: [3_600] };
    expect(answerFor(EXACT_REPORT, far, null).warnings).toEqual(
      wordVerdict(decide(modelOf(EXACT_REPORT), prepareScenario(far))).warnings,
    );
    expect(answerFor(EXACT_REPORT, far, null).warnings.join()).toMatch(/batches.*1,800,000.*12 times/);
  });

  it('warns of what the report lacks: an end, a fit, even shards, prices of its region', () => {
    const { model, target } = EXACT_REPORT;
    const none = { ...model.fits.microBatch, cpu: null, whyNot: 'only 3 warm invocations, at least 12 are needed' };
    expect(warningsOf({ complete: false }).join()).toContain('ended early');
    const { load } = EXACT_REPORT;
    expect(warningsOf({ load: { ...load, options: { ...load.options, partitionBy: 'host' } } }).join()).toContain(
      'partitioned by host',
    );
    expect(warningsOf({ model: { ...model, fits: { ...model.fits, microBatch: none } } }).join()).toContain(
      'only 3 warm invocations, at least 12 are needed.',
    );
    expect(warningsOf({ target: { ...target, name: 'aws', region: 'eu-west-1' } }).join()).toContain('eu-west-1');
    expect(warningsOf({})).toEqual([]);
  });
});
