import type { Model } from '../model.ts';
import type { Choice } from './choice.ts';
import { comparePaths } from './compare-paths.ts';
import { planStreams } from './contender.ts';
import { withMemory } from './deploy-alone.ts';
import { evaluateChoice } from './evaluate-choice.ts';
import type { PreparedScenario } from './scenario.ts';

/** One setting. It is on the front if no other setting is at least as fresh and as cheap, and better in one of the two. */
export type FrontPoint = { readonly choice: Choice; readonly onFront: boolean };

/** Numbers of windows that one run of the batch counts together. */
const RUN_WINDOWS = [1, 2, 4];

/**
 * Evaluates every setting of both paths at one window: each batching window of streaming, and a batch for one, two and four windows.
 * The memory is the verdict's: it exceeds the deployed one only if the path is impossible without.
 */
export function findFront(model: Model, scenario: PreparedScenario, windowSeconds: number): FrontPoint[] {
  const { parameters } = model;
  const { memoryMb } = comparePaths(model, scenario, windowSeconds).stream.plan.deployment;
  const streams = planStreams(parameters, withMemory(scenario, memoryMb), windowSeconds);
  const batches = RUN_WINDOWS.map((windows) => {
    const batchIntervalSeconds = windows * windowSeconds;
    const rarer = { ...scenario, deployment: { ...scenario.deployment, batchIntervalSeconds } };
    return comparePaths(model, rarer, windowSeconds).batch.plan;
  });
  return markFront([...streams, ...batches].map((plan) => evaluateChoice(model, scenario, plan)));
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
