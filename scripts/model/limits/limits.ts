import type { Deployment } from '../deployment.ts';
import { planBatchRun } from '../timing/batch-run.ts';
import { databaseRowsMs } from '../timing/function-time.ts';
import type { MicroBatchTiming, ScheduledBatchTiming, Timing } from '../timing/plan-timing.ts';
import { acuLimit, connectionLimit } from './database-limits.ts';
import { busyLimit, concurrencyLimit, intervalLimit, partLimits } from './function-limits.ts';
import { type Candidate, type Limit, nameLimits } from './limit.ts';
import { readingLimits, retentionLimit, shardLimit, sharedBytes, sharedCalls } from './stream-limits.ts';

/**
 * What binds the one path that is deployed; a limit that is not possible means that the path can't work so at all. Of two paths side
 * by side: what binds them beside what binds either alone, as they share what a shard gives.
 */
export function findLimits(timing: Timing): Limit[] {
  return nameLimits(listCandidates(timing));
}

/** What keeps the deployed path from working, without a word; empty where it works. */
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
