import type { Deployment } from '../deployment.ts';
import { planBatchRun } from '../timing/batch-run.ts';
import { databaseRowsMs } from '../timing/function-time.ts';
import type { MicroBatchTiming, ScheduledBatchTiming, Timing } from '../timing/plan-timing.ts';
import { acuLimit, connectionLimit } from './database-limits.ts';
import { busyLimit, concurrencyLimit, intervalLimit, partLimits } from './function-limits.ts';
import { type Candidate, type Limit, nameLimits } from './limit.ts';
import { readingLimits, retentionLimit, shardLimit, sharedBytes, sharedCalls } from './stream-limits.ts';

/**
 * Finds the limits of the deployed path; one that is not possible means that the path cannot work at all. For two paths side by side,
 * it finds only the limits that come from sharing the shards; those of each path alone are left out.
 */
export function findLimits(timing: Timing): Limit[] {
  return nameLimits(listCandidates(timing));
}

/** Ids of the limits that keep the deployed path from working; empty if it works. */
export function findBrokenLimits(timing: Timing): Limit['id'][] {
  return listCandidates(timing).flatMap((each) => (each === null || each.possible ? [] : [each.id]));
}

type Candidates = readonly (Candidate | null)[];

function listCandidates(timing: Timing): Candidates {
  const { microBatch, scheduledBatch } = timing;
  if (microBatch === null) return scheduledBatch === null ? [] : listScheduledBatch(timing, scheduledBatch);
  if (scheduledBatch === null) return listMicroBatch(timing, microBatch);
  return [sharedBytes(timing), sharedCalls(timing.parameters), runLimit(timing, scheduledBatch)];
}

function listMicroBatch(timing: Timing, { batch }: MicroBatchTiming): Candidates {
  const { parameters, deployment } = timing;
  if (batch === null) return [];
  const rowsMsPerSecond = (databaseRowsMs(parameters, batch) * deployment.shards) / batch.spanSeconds;
  return [
    shardLimit(timing),
    busyLimit(parameters, deployment, batch),
    connectionLimit(deployment),
    concurrencyLimit(deployment),
    acuLimit(timing, rowsMsPerSecond),
  ];
}

function listScheduledBatch(timing: Timing, path: ScheduledBatchTiming): Candidates {
  const { parameters, deployment, schedule } = timing;
  const { rowsFresh, rowsWritten } = path.run;
  const rowsMs = databaseRowsMs(parameters, { rowsFresh, rowsUpdated: rowsWritten - rowsFresh });
  return [
    shardLimit(timing),
    ...readingLimits(parameters, deployment, path.run, schedule.intervalSeconds),
    ...partLimits(parameters, deployment, path.run),
    runLimit(timing, path),
    retentionLimit(deployment, schedule),
    acuLimit(timing, rowsMs / schedule.intervalSeconds),
  ];
}

function runLimit(timing: Timing, { run }: ScheduledBatchTiming): Candidate {
  const { parameters, deployment, schedule } = timing;
  const wholeCore: Deployment = { ...deployment, memoryMb: parameters.memoryMbPerCore };
  const wholeCoreSeconds = (): number => planBatchRun({ ...timing, deployment: wholeCore }, schedule).seconds;
  return intervalLimit(parameters, deployment, run, schedule.intervalSeconds, wholeCoreSeconds);
}
