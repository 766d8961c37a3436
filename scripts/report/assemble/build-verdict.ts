import { REGIMES } from '#model/deployment.ts';
import type { Model } from '#model/model.ts';
import { testRule } from '#model/verdict/engines/test-rule.ts';
import { prepareScenario, READERS, type Scenario } from '#model/verdict/scenario.ts';
import { testSensitivity } from '#model/verdict/sensitivity.ts';
import { decide } from '#model/verdict/verdict.ts';
import type { RegimeVerdict, Report } from '../definition/report.ts';
import { wordVerdict } from '../words/word-verdict.ts';

/** Builds the verdict on a scenario, and its dependence on the assumptions. */
export function buildVerdict(
  model: Model,
  scenario: Scenario,
): Pick<Report, 'verdict' | 'verdicts' | 'sensitivity' | 'rule'> {
  const prepared = prepareScenario(scenario);
  return {
    verdict: wordVerdict(decide(model, prepared)),
    verdicts: REGIMES.flatMap((regime) =>
      READERS.map((reader): RegimeVerdict => {
        const deployment = { ...scenario.deployment, regime };
        const found = wordVerdict(decide(model, { ...prepared, deployment, reader }));
        const { thresholdSeconds, streamAgainSeconds, earliestSeconds, latestSeconds, sentence } = found;
        return { regime, reader, thresholdSeconds, streamAgainSeconds, earliestSeconds, latestSeconds, sentence };
      }),
    ),
    sensitivity: testSensitivity(model, prepared),
    rule: testRule(model, prepared),
  };
}
