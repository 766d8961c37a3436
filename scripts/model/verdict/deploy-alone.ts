import type { PathName } from '#functions/contract.ts';
import { type Deployment, deployPaths } from '../deployment.ts';
import { MOST_BATCH_RECORDS } from '../limits/mapping-limits.ts';
import { SHARD_LOAD, shardsNeeded } from '../workload/workload.ts';
import type { Scenario } from './scenario.ts';

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
  if (batchingWindowSeconds === null) return deployment;
  // A batching window is no use where the batch is full before.
  const batchSize = batchingWindowSeconds > 0 ? MOST_BATCH_RECORDS : deployment.batchSize;
  return { ...deployment, batchingWindowSeconds, batchSize };
}
