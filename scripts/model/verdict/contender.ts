import type { Limit } from '../limits/limit.ts';
import type { ModelParameters } from '../parameters.ts';
import { type Plan, planDeployment } from '../plan/plan-deployment.ts';
import type { PriceTable } from '../prices/price-table.ts';
import { deployAlone, setBatchingWindow, withMemory } from './deploy-alone.ts';
import { estimateObjective, type Objective } from './objective.ts';
import type { PreparedScenario, Scenario } from './scenario.ts';

/** One path with one setting at one window, with only the figures that a comparison needs. */
export type Contender = Objective & { readonly plan: Plan; readonly possible: boolean };

/** A path's settings at one window, planned. */
export type PlannedPath = {
  /** Plans on the memory that is deployed. */
  readonly plans: readonly Plan[];
  /** Plans of the same settings on functions with another memory. */
  readonly planWithMemory: (memoryMb: number) => readonly Plan[];
};

/** Plans of both paths at one window. They depend neither on prices nor on the value of freshness, so other ones can reuse them. */
export type PlannedWindow = {
  readonly windowSeconds: number;
  readonly stream: PlannedPath;
  readonly batch: PlannedPath;
};

export function planWindow(
  parameters: ModelParameters,
  scenario: PreparedScenario,
  windowSeconds: number,
): PlannedWindow {
  const planPath = (listPlans: (given: PreparedScenario) => readonly Plan[]): PlannedPath => ({
    plans: listPlans(scenario),
    planWithMemory: (memoryMb) => listPlans(withMemory(scenario, memoryMb)),
  });
  return {
    windowSeconds,
    stream: planPath((given) => planStreams(parameters, given, windowSeconds)),
    batch: planPath((given) => [
      planDeployment(parameters, given.workload, deployAlone(given, 'scheduled-batch', windowSeconds, null)),
    ]),
  };
}

/** Plans each batching window that is no longer than the window: with a longer one, counts come as late as a batch's. */
export function planStreams(parameters: ModelParameters, scenario: PreparedScenario, windowSeconds: number): Plan[] {
  const { workload, batchingWindowsSeconds } = scenario;
  const within = batchingWindowsSeconds.filter((seconds) => seconds <= windowSeconds);
  const settings = within.length > 0 ? within : [...batchingWindowsSeconds].sort((a, b) => a - b).slice(0, 1);
  const deployment = deployAlone(scenario, 'micro-batch', windowSeconds, null);
  return settings.map((seconds) => planDeployment(parameters, workload, setBatchingWindow(deployment, seconds)));
}

/** Memory that a function may have in any account, MB. New accounts get more only on request. */
const ANY_ACCOUNT_MB = 3_008;

/** Limits that more memory eases, as more CPU comes with it. */
const EASED: ReadonlySet<Limit['id']> = new Set(['time', 'interval', 'memory', 'read-calls']);

export function isEasedByMemory(broken: readonly Limit['id'][]): boolean {
  return broken.some((id) => EASED.has(id));
}

/** Memory sizes to try where the deployed one is too small, MB: first a whole core's, then the most of any account. */
export function moreMemory({ memoryMbPerCore }: ModelParameters, deployedMb: number): number[] {
  return [memoryMbPerCore, ANY_ACCOUNT_MB].filter((memoryMb) => memoryMb > deployedMb);
}

/**
 * Chooses the possible setting with the least objective; among equal ones the freshest. More memory than is deployed is tried only if
 * no setting is possible without it. If none is possible at all, the best setting with the deployed memory is returned.
 *
 * @throws RangeError where the path has no setting
 */
export function enterPath(
  model: { readonly prices: PriceTable },
  scenario: Pick<Scenario, 'reader' | 'freshnessUsd'>,
  { plans, planWithMemory }: PlannedPath,
): Contender {
  const deployed = enterBest(model, scenario, plans);
  if (deployed.possible || !isEasedByMemory(deployed.plan.findBrokenLimits())) return deployed;
  const { parameters, deployment } = deployed.plan;
  for (const memoryMb of moreMemory(parameters, deployment.memoryMb)) {
    const entered = enterBest(model, scenario, planWithMemory(memoryMb));
    if (entered.possible) return entered;
  }
  return deployed;
}

function enterBest(
  model: { readonly prices: PriceTable },
  scenario: Pick<Scenario, 'reader' | 'freshnessUsd'>,
  plans: readonly Plan[],
): Contender {
  const settings = plans
    .map((plan) => ({ plan, ...estimateObjective(model, scenario, plan) }))
    .sort((a, b) => a.objectiveUsd - b.objectiveUsd || a.freshnessSeconds - b.freshnessSeconds);
  const best = settings.find(({ plan }) => plan.findBrokenLimits().length === 0);
  if (best !== undefined) return { ...best, possible: true };
  const [least] = settings;
  if (least === undefined) throw new RangeError("Invalid batching windows '': expected at least one, s");
  return { ...least, possible: false };
}
