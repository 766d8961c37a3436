import { type Deployment, runsMicroBatch } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import { type BatchRun, planBatchRun } from '../timing/batch-run.ts';
import { databaseRowsMs } from '../timing/function-time.ts';
import { planMicroBatch } from '../timing/micro-batch.ts';
import { planSchedule } from '../timing/schedule.ts';
import type { Workload } from '../workload/workload.ts';
import { acuLimit, connectionLimit } from './database-limits.ts';
import { busyLimit, concurrencyLimit, intervalLimit, partLimits } from './function-limits.ts';
import { type Candidate, type Limit, nameLimits } from './limit.ts';
import { readingLimits, retentionLimit, shardLimit, sharedBytes, sharedCalls } from './stream-limits.ts';

/** What binds the micro-batch path; one that is not possible means that it can't work so at all. */
export function microBatchLimits(parameters: ModelParameters, workload: Workload, deployment: Deployment): Limit[] {
  return nameLimits(listMicroBatch(parameters, workload, deployment));
}

/** What binds the scheduled batch. */
export function scheduledBatchLimits(parameters: ModelParameters, workload: Workload, deployment: Deployment): Limit[] {
  return nameLimits(listScheduledBatch(parameters, workload, deployment));
}

/** What keeps the one path that is deployed from working, without a word; empty where it works. */
export function brokenLimits(parameters: ModelParameters, workload: Workload, deployment: Deployment): Limit['id'][] {
  const list = runsMicroBatch(deployment) ? listMicroBatch : listScheduledBatch;
  return list(parameters, workload, deployment).flatMap((each) => (each === null || each.possible ? [] : [each.id]));
}

/** What binds where both paths run side by side on one stream, beside what binds either alone: they share what a shard gives. */
export function limitsOfBothPaths(parameters: ModelParameters, workload: Workload, deployment: Deployment): Limit[] {
  const both: Deployment = { ...deployment, paths: 'both' };
  return nameLimits([
    sharedBytes(parameters, workload, both),
    sharedCalls(parameters),
    runLimit(parameters, workload, both, planBatchRun(parameters, workload, both)),
  ]);
}

type Candidates = readonly (Candidate | null)[];

function listMicroBatch(parameters: ModelParameters, workload: Workload, deployment: Deployment): Candidates {
  const batch = planMicroBatch(parameters, workload, deployment);
  if (batch === null) return [];
  const rowsMsPerSecond = (databaseRowsMs(parameters, batch) * deployment.shards) / batch.spanSeconds;
  return [
    shardLimit(workload, deployment),
    busyLimit(parameters, deployment, batch),
    connectionLimit(deployment),
    concurrencyLimit(deployment),
    acuLimit(parameters, workload, deployment, rowsMsPerSecond, 0),
  ];
}

function listScheduledBatch(parameters: ModelParameters, workload: Workload, deployment: Deployment): Candidates {
  const run = planBatchRun(parameters, workload, deployment);
  const { intervalSeconds } = planSchedule(deployment);
  const { rowsFresh, rowsWritten } = run;
  const rowsMs = databaseRowsMs(parameters, { rowsFresh, rowsUpdated: rowsWritten - rowsFresh });
  return [
    shardLimit(workload, deployment),
    ...readingLimits(parameters, deployment, run, intervalSeconds),
    ...partLimits(parameters, deployment, run),
    runLimit(parameters, workload, deployment, run),
    retentionLimit(deployment),
    acuLimit(parameters, workload, deployment, rowsMs / intervalSeconds, run.seconds),
  ];
}

function runLimit(parameters: ModelParameters, workload: Workload, deployment: Deployment, run: BatchRun): Candidate {
  const wholeCore = { ...deployment, memoryMb: parameters.memoryMbPerCore };
  const wholeCoreSeconds = (): number => planBatchRun(parameters, workload, wholeCore).seconds;
  return intervalLimit(parameters, deployment, run, planSchedule(deployment).intervalSeconds, wholeCoreSeconds);
}
