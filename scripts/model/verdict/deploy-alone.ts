import type { PathName } from '#functions/contract.ts';
import { type Deployment, deployPaths, MOST_BATCH_RECORDS } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import { type Plan, planDeployment } from '../plan/plan-deployment.ts';
import { SHARD_LOAD, shardsNeeded } from '../workload/workload.ts';
import type { Choice } from './choice.ts';
import type { PreparedScenario, Scenario } from './scenario.ts';

/**
 * What is deployed where a scenario's choice falls on one path with one setting: that path and nothing of the other.
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

/** A batching window is no use where the batch is full before, so its batches are as large as they may be. */
export function setBatchingWindow(deployment: Deployment, batchingWindowSeconds: number): Deployment {
  const batchSize = batchingWindowSeconds > 0 ? MOST_BATCH_RECORDS : deployment.batchSize;
  return { ...deployment, batchingWindowSeconds, batchSize };
}

/** The same scenario on functions with this memory. */
export function withMemory<Given extends Scenario>(scenario: Given, memoryMb: number): Given {
  return { ...scenario, deployment: { ...scenario.deployment, memoryMb } };
}

/** The plan that a choice was made of. */
export function planChoice(
  parameters: ModelParameters,
  scenario: PreparedScenario,
  { path, windowSeconds, batchingWindowSeconds, memoryMb }: Choice,
): Plan {
  const deployment = deployAlone(withMemory(scenario, memoryMb), path, windowSeconds, batchingWindowSeconds);
  return planDeployment(parameters, scenario.workload, deployment);
}
