import type { Model } from '#model/model.ts';
import { regionOf } from '#model/prices/parse-price-table.ts';
import type { PriceTable } from '#model/prices/price-table.ts';
import { type GivenSpark, type RuleRow, testRule } from '#model/verdict/engines/test-rule.ts';
import { prepareScenario, type Scenario } from '#model/verdict/scenario.ts';
import { type SensitivityRow, testSensitivity } from '#model/verdict/sensitivity.ts';
import { decide } from '#model/verdict/verdict.ts';
import { modelOf } from '../definition/model-of.ts';
import type { ModelReport, Report, VerdictReport } from '../definition/report.ts';
import { wordVerdict } from '../words/word-verdict.ts';
import { buildWarnings } from './build-warnings.ts';

/** A modelled verdict on a given scenario, made with a report's model. */
export type Answer = {
  /** The run whose measurements the model was fitted to. */
  readonly from: {
    readonly run: string;
    readonly startedAt: string;
    readonly target: string;
    readonly eventsPerSecond: number;
    readonly complete: boolean;
  };
  readonly verdict: VerdictReport;
  readonly scenario: Scenario;
  readonly sensitivity: readonly SensitivityRow[];
  readonly rule: readonly RuleRow[];
  readonly model: ModelReport;
  readonly prices: Report['prices'];
  /** Warnings of the report and of the verdict; each a sentence. */
  readonly warnings: readonly string[];
};

/**
 * @param table price table; null: the report's prices
 * @param spark measured values of Spark, tested beside the assumed ones
 */
export function answerFor(report: Report, scenario: Scenario, table: PriceTable | null, spark?: GivenSpark): Answer {
  const prices = table === null ? report.prices : { region: regionOf(table), builtIn: false, table };
  const model: Model = modelOf({ ...report, prices });
  const prepared = prepareScenario(scenario);
  const verdict = wordVerdict(decide(model, prepared));
  const cutShort = 'The benchmark of this report ended early, so not everything was measured';
  return {
    from: {
      run: report.run.id,
      startedAt: report.run.startedAt,
      target: report.target.name,
      eventsPerSecond: report.scenario.workload.eventsPerSecond,
      complete: report.complete,
    },
    verdict,
    scenario,
    sensitivity: testSensitivity(model, prepared),
    rule: testRule(model, prepared, spark),
    model: report.model,
    prices,
    warnings: [
      ...(report.complete ? [] : [cutShort]),
      ...buildWarnings(report.model, prices, report.target, report.load),
      ...verdict.warnings,
    ].map((warning) => `${warning.replace(/\.$/, '')}.`),
  };
}
