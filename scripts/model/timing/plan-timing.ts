import { runsMicroBatch, runsScheduledBatch } from '../deployment.ts';
import { type Awake, acuWhileAwake, planAwake } from './awake.ts';
import { type BatchRun, planBatchRun } from './batch-run.ts';
import { type Delays, microBatchDelays, scheduledBatchDelays } from './delay.ts';
import { microBatchEffort, type PathEffort, scheduledBatchEffort } from './effort.ts';
import { databaseCpuMs } from './function-time.ts';
import { type MicroBatch, planMicroBatch } from './micro-batch.ts';
import type { PlanInputs } from './plan-inputs.ts';
import { planSchedule, type Schedule } from './schedule.ts';

/** Work, delays and awake time of a deployed stack in a month at a steady load. */
export type Timing = PlanInputs & {
  readonly schedule: Schedule;
  readonly awake: Awake;
  /** ACU while the database is awake. */
  readonly acuAwake: number;
  /** Null if this path is not deployed. */
  readonly microBatch: MicroBatchTiming | null;
  readonly scheduledBatch: ScheduledBatchTiming | null;
  /** Efforts of the deployed paths. */
  readonly efforts: readonly PathEffort[];
  /** Delays of the scheduled batch if it is deployed, otherwise those of the micro-batches. */
  readonly delays: Delays;
};

/** Work of one path in a month, and the delays of its counts. */
type PathTiming = { readonly effort: PathEffort; readonly delays: Delays };

export type MicroBatchTiming = PathTiming & {
  /** Null without events. */
  readonly batch: MicroBatch | null;
};

export type ScheduledBatchTiming = PathTiming & { readonly run: BatchRun };

export function planTiming(inputs: PlanInputs): Timing {
  const { parameters, workload, deployment } = inputs;
  const seconds = parameters.hoursPerMonth * 3_600;
  const schedule = planSchedule(deployment);
  const batch = runsMicroBatch(deployment) ? planMicroBatch(inputs) : null;
  const run = runsScheduledBatch(deployment) ? planBatchRun(inputs, schedule) : null;
  const awake = planAwake(inputs, schedule, batch, run === null ? null : run.seconds);
  const microBatch = runsMicroBatch(deployment)
    ? {
        batch,
        effort: microBatchEffort(batch, inputs, seconds, awake.microBatchResumeSeconds),
        delays: microBatchDelays(inputs, batch, awake),
      }
    : null;
  const scheduledBatch = run && {
    run,
    effort: scheduledBatchEffort(run, inputs, schedule, seconds / schedule.intervalSeconds, awake.resumeSeconds),
    delays: scheduledBatchDelays(inputs, schedule, run, awake),
  };
  const { delays } = (scheduledBatch ?? microBatch) as PathTiming; // at least one path is always deployed
  const efforts = [microBatch, scheduledBatch].filter((path) => path !== null).map(({ effort }) => effort);
  const busyMs = databaseCpuMs(parameters, efforts);
  const acuAwake = acuWhileAwake(parameters, busyMs / seconds, awake.share, deployment.acuAwake);
  return { parameters, workload, deployment, schedule, awake, acuAwake, microBatch, scheduledBatch, efforts, delays };
}
