import type { Model } from '../model.ts';
import { bandOf, type ComparedPaths, comparePaths, isBatchBetter } from './compare-paths.ts';
import { evaluateChoice } from './evaluate-choice.ts';
import type { Decision, JudgedWindow } from './judged-window.ts';
import { findReason, type Reason } from './reason.ts';
import type { PreparedScenario } from './scenario.ts';
import { type Band, moveInputs } from './uncertainty.ts';

/** A judged window, and the data of its reason. */
export type WindowVerdict = JudgedWindow & { readonly reason: Reason };

export function judgeWindow(model: Model, scenario: PreparedScenario, windowSeconds: number): WindowVerdict {
  const compared = comparePaths(model, scenario, windowSeconds);
  return judgeComparedPaths(model, scenario, compared, bandOf(model, scenario, compared, moveInputs(model)));
}

/** @param band of the difference */
export function judgeComparedPaths(
  model: Model,
  scenario: PreparedScenario,
  compared: ComparedPaths,
  band: Band,
): WindowVerdict {
  const { windowSeconds, differenceUsd } = compared;
  const stream = evaluateChoice(model, scenario, compared.stream.plan);
  const batch = evaluateChoice(model, scenario, compared.batch.plan);
  const decision = decideWindow(compared, band);
  const judged = { windowSeconds, stream, batch, decision, differenceUsd, ...band };
  return { ...judged, reason: findReason(model, scenario, judged) };
}

function decideWindow(compared: ComparedPaths, { lowUsd, highUsd }: Band): Decision {
  const { stream, batch, differenceUsd } = compared;
  if (stream.possible === batch.possible && (!stream.possible || (lowUsd <= 0 && highUsd >= 0))) return 'either';
  return isBatchBetter(compared, differenceUsd) ? 'batch' : 'stream';
}
