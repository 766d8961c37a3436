import { extend, type Infer, text } from '#text/schema.ts';
import type { Model } from '../model.ts';
import { bandOf, type ComparedPaths, comparePaths, isBatchBetter } from './compare-paths.ts';
import { evaluateChoice } from './evaluate-choice.ts';
import { type Decision, JUDGED_WINDOW } from './judged-window.ts';
import type { Scenario } from './scenario.ts';
import { type Band, moveInputs } from './uncertainty.ts';
import { explainDecision } from './words/reason.ts';

/** A judged window, and why it is judged so. */
export const WINDOW_VERDICT = extend(JUDGED_WINDOW, { reason: text('why, in words') });
export type WindowVerdict = Infer<typeof WINDOW_VERDICT>;

export function judgeWindow(model: Model, scenario: Scenario, windowSeconds: number): WindowVerdict {
  const compared = comparePaths(model, scenario, windowSeconds);
  return judgeComparedPaths(model, scenario, compared, bandOf(model, scenario, compared, moveInputs(model)));
}

/** @param band of the difference */
export function judgeComparedPaths(
  model: Model,
  scenario: Scenario,
  compared: ComparedPaths,
  band: Band,
): WindowVerdict {
  const { windowSeconds, differenceUsd } = compared;
  const stream = evaluateChoice(model, scenario, compared.stream.deployment);
  const batch = evaluateChoice(model, scenario, compared.batch.deployment);
  const decision = decideWindow(compared, band);
  const judged = { windowSeconds, stream, batch, decision, differenceUsd, ...band };
  return { ...judged, reason: explainDecision(model, scenario, judged) };
}

function decideWindow(compared: ComparedPaths, { lowUsd, highUsd }: Band): Decision {
  const { stream, batch, differenceUsd } = compared;
  if (stream.possible === batch.possible && (!stream.possible || (lowUsd <= 0 && highUsd >= 0))) return 'either';
  return isBatchBetter(compared, differenceUsd) ? 'batch' : 'stream';
}
