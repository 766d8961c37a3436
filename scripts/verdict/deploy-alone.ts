import { type Deployment, defaultDeployment, type PathName, type Paths } from '../model/deployment.ts';
import { shardsNeeded } from '../model/workload.ts';
import type { Scenario } from './scenario.ts';

/** How full the shards are at most: the stack's own default for judging whether a batch can catch up. */
const SHARD_LOAD = 0.5;
/** What the mapping takes at most. A batching window is no use where the batch is full before. */
export const MOST_RECORDS = 10_000;

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
    ...without(path, scenario.deployment),
    windowSeconds,
    shards: Math.max(leastShards, shardsNeeded(workload, SHARD_LOAD)),
  };
  if (batchingWindowSeconds === null) return deployment;
  const batchSize = batchingWindowSeconds > 0 ? MOST_RECORDS : deployment.batchSize;
  return { ...deployment, batchingWindowSeconds, batchSize };
}

/** Alarms, metrics and endpoint zones come with the paths; fewer of them by choice stay fewer. */
function without(paths: Paths, deployment: Deployment): Deployment {
  if (deployment.paths === paths) return deployment;
  const { alarmMetrics, customMetrics, endpointZones } = defaultDeployment(paths);
  return {
    ...deployment,
    paths,
    alarmMetrics: Math.min(alarmMetrics, deployment.alarmMetrics),
    customMetrics: Math.min(customMetrics, deployment.customMetrics),
    endpointZones: Math.min(endpointZones, deployment.endpointZones),
  };
}
