import type { Model } from '../model/model.ts';
import { type Choice, describeChoice } from './choice.ts';
import { bandOf, type Comparison, comparePaths, isBatchBetter } from './compare-paths.ts';
import { explainDecision } from './reason.ts';
import type { Scenario } from './scenario.ts';
import { type Band, moveInputs } from './uncertainty.ts';

export const DECISIONS = ['stream', 'batch', 'either'] as const;
export type Decision = (typeof DECISIONS)[number];

/** One window: the best that streaming can do with it, the batch, and which of them is better. */
export type WindowVerdict = {
  readonly windowSeconds: number;
  readonly stream: Choice;
  readonly batch: Choice;
  /** `either` where the error leaves it open, or neither can do it. */
  readonly decision: Decision;
  /** Objective of the batch less that of streaming: above 0 streaming is better. */
  readonly differenceUsd: number;
  /** Between which it lies, as far as the inputs' uncertainty tells. */
  readonly lowUsd: number;
  readonly highUsd: number;
  readonly reason: string;
};

export function judgeWindow(model: Model, scenario: Scenario, windowSeconds: number): WindowVerdict {
  const compared = comparePaths(model, scenario, windowSeconds);
  return judgeComparison(model, scenario, compared, bandOf(scenario, compared, moveInputs(model)));
}

/** @param band of the comparison's difference */
export function judgeComparison(model: Model, scenario: Scenario, compared: Comparison, band: Band): WindowVerdict {
  const { windowSeconds, differenceUsd } = compared;
  const stream = describeChoice(model, scenario, compared.stream.deployment);
  const batch = describeChoice(model, scenario, compared.batch.deployment);
  const decision = decideWindow(compared, band);
  const judged = { windowSeconds, stream, batch, decision, differenceUsd, ...band };
  return { ...judged, reason: explainDecision(model, scenario, judged) };
}

function decideWindow(compared: Comparison, { lowUsd, highUsd }: Band): Decision {
  const { stream, batch, differenceUsd } = compared;
  if (stream.possible === batch.possible && (!stream.possible || (lowUsd <= 0 && highUsd >= 0))) return 'either';
  return isBatchBetter(compared, differenceUsd) ? 'batch' : 'stream';
}
