import { type Deployment, runsMicroBatch } from '../model/deployment.ts';
import { type Limit, microBatchLimits, scheduledBatchLimits } from '../model/limits.ts';
import type { Model } from '../model/model.ts';
import { deployAlone } from './deploy-alone.ts';
import { estimateObjective, type Objective } from './objective.ts';
import type { Scenario } from './scenario.ts';

/** One path with one setting at one window, as far as it takes to compare it. */
export type Contender = Objective & { readonly deployment: Deployment; readonly possible: boolean };

/**
 * The streaming setting of the least objective among those that are possible; of equal ones the freshest.
 *
 * @throws RangeError where the scenario has no batching window
 */
export function enterStream(model: Model, scenario: Scenario, windowSeconds: number): Contender {
  const settings = streamDeployments(scenario, windowSeconds)
    .map((deployment) => ({ deployment, ...estimateObjective(model, scenario, deployment) }))
    .sort((a, b) => a.objectiveUsd - b.objectiveUsd || a.freshnessSeconds - b.freshnessSeconds);
  const best = settings.find(({ deployment }) => isPossible(limitsOf(model, scenario, deployment)));
  if (best !== undefined) return { ...best, possible: true };
  const [least] = settings;
  if (least === undefined) throw new RangeError("Invalid batching windows '': expected at least one, s");
  return { ...least, possible: false };
}

export function enterBatch(model: Model, scenario: Scenario, windowSeconds: number): Contender {
  const deployment = deployAlone(scenario, 'scheduled-batch', windowSeconds, null);
  const possible = isPossible(limitsOf(model, scenario, deployment));
  return { deployment, ...estimateObjective(model, scenario, deployment), possible };
}

/** Each batching window that streams: with one longer than the window, counts come when a batch's would. */
export function streamDeployments(scenario: Scenario, windowSeconds: number): Deployment[] {
  const { batchingWindowsSeconds } = scenario;
  const within = batchingWindowsSeconds.filter((seconds) => seconds <= windowSeconds);
  const settings = within.length > 0 ? within : [...batchingWindowsSeconds].sort((a, b) => a - b).slice(0, 1);
  return settings.map((seconds) => deployAlone(scenario, 'micro-batch', windowSeconds, seconds));
}

export function limitsOf({ parameters }: Model, { workload }: Scenario, deployment: Deployment): Limit[] {
  const limits = runsMicroBatch(deployment) ? microBatchLimits : scheduledBatchLimits;
  return limits(parameters, workload, deployment);
}

export function isPossible(limits: readonly Limit[]): boolean {
  return limits.every(({ possible }) => possible);
}
