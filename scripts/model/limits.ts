import { planBatchRun } from './batch-run.ts';
import { acuLimit, connectionLimit } from './database-limits.ts';
import type { Deployment } from './deployment.ts';
import { busyLimit, concurrencyLimit, intervalLimit, partLimits } from './function-limits.ts';
import { type Limit, nameLimits } from './limit.ts';
import { planMicroBatch } from './micro-batch.ts';
import type { ModelParameters } from './parameters.ts';
import { planSchedule } from './schedule.ts';
import { readingLimits, retentionLimit, shardLimit, sharedReading } from './stream-limits.ts';
import type { Workload } from './workload.ts';

export type { Limit } from './limit.ts';

/** What binds the micro-batch path; one that is not possible means that it can't work so at all. */
export function microBatchLimits(parameters: ModelParameters, workload: Workload, deployment: Deployment): Limit[] {
  const batch = planMicroBatch(parameters, workload, deployment);
  if (batch === null) return [];
  const { shards } = deployment;
  const rowsPerSecond = (batch.rowsWritten * shards) / batch.spanSeconds;
  return nameLimits([
    shardLimit(workload, deployment),
    sharedReading(parameters, workload, deployment),
    busyLimit(batch),
    connectionLimit(deployment),
    concurrencyLimit(deployment),
    acuLimit(parameters, workload, deployment, rowsPerSecond, 0),
  ]);
}

/** What binds the scheduled batch. */
export function scheduledBatchLimits(parameters: ModelParameters, workload: Workload, deployment: Deployment): Limit[] {
  const run = planBatchRun(parameters, workload, deployment);
  const { intervalSeconds } = planSchedule(deployment);
  return nameLimits([
    shardLimit(workload, deployment),
    ...readingLimits(parameters, deployment, run, intervalSeconds),
    ...partLimits(parameters, deployment, run),
    intervalLimit(run, intervalSeconds),
    retentionLimit(deployment),
    acuLimit(parameters, workload, deployment, run.rowsWritten / intervalSeconds, run.seconds),
  ]);
}
