import type { PathName } from '#functions/contract.ts';
import { type Deployment, deployPaths, MOST_BATCH_RECORDS } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import { type Plan, planDeployment } from '../plan/plan-deployment.ts';
import { SHARD_LOAD, shardsNeeded } from '../workload/workload.ts';
import type { Choice } from './choice.ts';
import type { PreparedScenario, Scenario } from './scenario.ts';

/**
 * The deployment of one path with one setting, without anything that only the other path needs.
 *
 * @param batchingWindowSeconds null for the scheduled batch
 */
export function deployAlone(
  scenario: Scenario,
  path: PathName,
  windowSeconds: number,
  batchingWindowSeconds: number | null,
): Deployment {
  const { workload, leastShards } = scenario;
  const deployment: Deployment = {
    ...deployPaths(scenario.deployment, path),
    windowSeconds,
    shards: Math.max(leastShards, shardsNeeded(workload, SHARD_LOAD)),
  };
  return batchingWindowSeconds === null ? deployment : setBatchingWindow(deployment, batchingWindowSeconds);
}

/** Sets a batching window. A batch that fills early would end the window, so its batches get the largest size. */
export function setBatchingWindow(deployment: Deployment, batchingWindowSeconds: number): Deployment {
  const batchSize = batchingWindowSeconds > 0 ? MOST_BATCH_RECORDS : deployment.batchSize;
  return { ...deployment, batchingWindowSeconds, batchSize };
}

/** The scenario with another memory of the functions. */
export function withMemory<Given extends Scenario>(scenario: Given, memoryMb: number): Given {
  return { ...scenario, deployment: { ...scenario.deployment, memoryMb } };
}

/** Plans a choice again, since a choice holds figures only. */
export function planChoice(
  parameters: ModelParameters,
  scenario: PreparedScenario,
  { path, windowSeconds, batchingWindowSeconds, memoryMb }: Choice,
): Plan {
  const deployment = deployAlone(withMemory(scenario, memoryMb), path, windowSeconds, batchingWindowSeconds);
  return planDeployment(parameters, scenario.workload, deployment);
}
