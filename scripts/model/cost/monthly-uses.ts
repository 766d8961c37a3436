import { type Deployment, runsMicroBatch, runsScheduledBatch } from '../deployment.ts';
import { retentionHoursOf } from '../limits/retention.ts';
import type { ModelParameters } from '../parameters.ts';
import { acuWhileAwake, planAwake } from '../timing/awake.ts';
import { type BatchRun, planBatchRun } from '../timing/batch-run.ts';
import { microBatchEffort } from '../timing/micro-batch-effort.ts';
import { NO_EFFORT, type PathEffort } from '../timing/path-effort.ts';
import { planSchedule } from '../timing/schedule.ts';
import { scheduledBatchEffort } from '../timing/scheduled-batch-effort.ts';
import type { Workload } from '../workload/workload.ts';
import { databaseUses } from './database-uses.ts';
import { databaseCpuMs, PATH_LINES, pathUses } from './path-uses.ts';
import { standingUses } from './standing-uses.ts';
import { streamUses } from './stream-uses.ts';
import type { StackUse } from './term.ts';

/** What a deployed stack does and uses in a month at a steady load. */
export type MonthlyUse = {
  readonly uses: readonly StackUse[];
  readonly microBatch: PathEffort;
  readonly scheduledBatch: PathEffort;
  /** Null where that path is not deployed. */
  readonly batchRun: BatchRun | null;
  /** Share of the time that the database is awake, 0–1, and how many ACU it then has. */
  readonly awakeShare: number;
  readonly acuAwake: number;
};

/** What a month of `hoursPerMonth` hours at a steady load takes of everything that is charged for, not priced yet. */
export function useMonthly(parameters: ModelParameters, workload: Workload, deployment: Deployment): MonthlyUse {
  const { hoursPerMonth } = parameters;
  const seconds = hoursPerMonth * 3_600;
  const batchRun = runsScheduledBatch(deployment) ? planBatchRun(parameters, workload, deployment) : null;
  const awake = planAwake(parameters, workload, deployment, batchRun?.seconds ?? 0);
  const runs = seconds / planSchedule(deployment).intervalSeconds;
  const microBatch = runsMicroBatch(deployment)
    ? microBatchEffort(parameters, workload, deployment, seconds, awake.microBatchResumeSeconds)
    : NO_EFFORT;
  const scheduledBatch =
    batchRun === null ? NO_EFFORT : scheduledBatchEffort(parameters, batchRun, deployment, runs, awake.resumeSeconds);
  const efforts = [microBatch, scheduledBatch];
  const busyMsPerSecond = databaseCpuMs(parameters, efforts) / seconds;
  return {
    uses: [
      ...streamUses(parameters, workload, deployment, {
        hours: hoursPerMonth,
        loadSeconds: seconds,
        neededHours: retentionHoursOf(deployment),
      }),
      ...standingUses(parameters, deployment),
      ...databaseUses(parameters, efforts, deployment, awake),
      ...pathUses(parameters, PATH_LINES['micro-batch'], microBatch, deployment),
      ...pathUses(parameters, PATH_LINES['scheduled-batch'], scheduledBatch, deployment),
    ],
    microBatch,
    scheduledBatch,
    batchRun,
    awakeShare: awake.share,
    acuAwake: acuWhileAwake(parameters, busyMsPerSecond, awake.share, deployment.acuAwake),
  };
}
