import type { Deployment } from '../deployment.ts';
import { brokenLimits } from '../limits/limits.ts';
import type { Model } from '../model.ts';
import { deployAlone } from './deploy-alone.ts';
import { isEasedByMemory, moreMemory, withMemory } from './more-memory.ts';
import { estimateObjective, type Objective } from './objective.ts';
import type { Scenario } from './scenario.ts';

/** One path with one setting at one window, as far as it takes to compare it. */
export type Contender = Objective & { readonly deployment: Deployment; readonly possible: boolean };

/**
 * The streaming setting of the least objective among those that are possible; of equal ones the freshest. With more memory than is
 * deployed only where none is possible without.
 *
 * @throws RangeError where the scenario has no batching window
 */
export function enterStream(model: Model, scenario: Scenario, windowSeconds: number): Contender {
  return enterWithEnoughMemory(model, scenario, (enough) => streamDeployments(enough, windowSeconds));
}

/** The batch, with more memory than is deployed only where it is impossible without. */
export function enterBatch(model: Model, scenario: Scenario, windowSeconds: number): Contender {
  return enterWithEnoughMemory(model, scenario, (enough) => [
    deployAlone(enough, 'scheduled-batch', windowSeconds, null),
  ]);
}

/** Each batching window that streams: with one longer than the window, counts come when a batch's would. */
export function streamDeployments(scenario: Scenario, windowSeconds: number): Deployment[] {
  const { batchingWindowsSeconds } = scenario;
  const within = batchingWindowsSeconds.filter((seconds) => seconds <= windowSeconds);
  const settings = within.length > 0 ? within : [...batchingWindowsSeconds].sort((a, b) => a - b).slice(0, 1);
  return settings.map((seconds) => deployAlone(scenario, 'micro-batch', windowSeconds, seconds));
}

/** The best with the memory deployed; else with the least that is possible; the first again where nothing is. */
function enterWithEnoughMemory(
  model: Model,
  scenario: Scenario,
  settingsOf: (scenario: Scenario) => readonly Deployment[],
): Contender {
  const { parameters } = model;
  const deployed = enterBest(model, scenario, settingsOf(scenario));
  if (deployed.possible || !isEasedByMemory(brokenLimits(parameters, scenario.workload, deployed.deployment))) {
    return deployed;
  }
  for (const memoryMb of moreMemory(parameters, scenario.deployment.memoryMb)) {
    const entered = enterBest(model, scenario, settingsOf(withMemory(scenario, memoryMb)));
    if (entered.possible) return entered;
  }
  return deployed;
}

function enterBest(model: Model, scenario: Scenario, deployments: readonly Deployment[]): Contender {
  const settings = deployments
    .map((deployment) => ({ deployment, ...estimateObjective(model, scenario, deployment) }))
    .sort((a, b) => a.objectiveUsd - b.objectiveUsd || a.freshnessSeconds - b.freshnessSeconds);
  const best = settings.find(
    ({ deployment }) => brokenLimits(model.parameters, scenario.workload, deployment).length === 0,
  );
  if (best !== undefined) return { ...best, possible: true };
  const [least] = settings;
  if (least === undefined) throw new RangeError("Invalid batching windows '': expected at least one, s");
  return { ...least, possible: false };
}
