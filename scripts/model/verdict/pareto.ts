import type { Model } from '../model.ts';
import type { Choice } from './choice.ts';
import { enterBatch, enterStream, streamDeployments } from './contender.ts';
import { evaluateChoice } from './evaluate-choice.ts';
import { withMemory } from './more-memory.ts';
import type { Scenario } from './scenario.ts';

/** One setting, and whether no other is both at least as fresh and at least as cheap, and better in one of the two. */
export type FrontPoint = { readonly choice: Choice; readonly onFront: boolean };

/** Windows that one run of the batch counts together. */
const RUN_WINDOWS = [1, 2, 4];

/**
 * Every setting of both paths at one window: the batching windows of streaming, and the batch once a window and more rarely. With the
 * memory that the verdict takes: more than is deployed only where the path is impossible without.
 */
export function findFront(model: Model, scenario: Scenario, windowSeconds: number): FrontPoint[] {
  const { memoryMb } = enterStream(model, scenario, windowSeconds).deployment;
  const streams = streamDeployments(withMemory(scenario, memoryMb), windowSeconds).map((each) =>
    evaluateChoice(model, scenario, each),
  );
  const batches = RUN_WINDOWS.map((windows) => {
    const batchIntervalSeconds = windows * windowSeconds;
    const rarer = { ...scenario, deployment: { ...scenario.deployment, batchIntervalSeconds } };
    return evaluateChoice(model, rarer, enterBatch(model, rarer, windowSeconds).deployment);
  });
  return markFront([...streams, ...batches]);
}

export function markFront(choices: readonly Choice[]): FrontPoint[] {
  const possible = choices.filter((choice) => choice.possible);
  return choices.map((choice) => ({
    choice,
    onFront: choice.possible && !possible.some((other) => dominates(other, choice)),
  }));
}

function dominates(one: Choice, other: Choice): boolean {
  const noWorse = one.costUsd <= other.costUsd && one.freshnessSeconds <= other.freshnessSeconds;
  return noWorse && (one.costUsd < other.costUsd || one.freshnessSeconds < other.freshnessSeconds);
}
