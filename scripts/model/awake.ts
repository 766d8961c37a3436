import { type Deployment, runsMicroBatch, runsScheduledBatch } from './deployment.ts';
import { microBatchesPerSecond } from './micro-batch-effort.ts';
import { ASSUMPTIONS } from './parameters.ts';
import type { Workload } from './workload.ts';

/** How a database of its own spends its time. */
export type Awake = {
  /** Share of the time, 0–1. */
  readonly share: number;
  /** How long each batch waits until the database is back, s; 0 where it is still awake. */
  readonly resumeSeconds: number;
};

/**
 * An auto-pausing database is awake from a connection until so long after the last one. Micro-batches come at random times and
 * keep a connection between them; a batch wakes it once a window; readers come at any time.
 *
 * @param batchSeconds how long a batch run takes
 */
export function planAwake(workload: Workload, deployment: Deployment, batchSeconds: number): Awake {
  const { regime, windowSeconds, autoPauseSeconds, readHoursPerDay } = deployment;
  if (regime !== 'auto-pause') return { share: 1, resumeSeconds: 0 };
  const { resumeSeconds, connectionHeldSeconds } = ASSUMPTIONS;
  const micro = runsMicroBatch(deployment) ? microBatchesPerSecond(workload, deployment) : 0;
  const byMicroBatches = -Math.expm1(-micro * (autoPauseSeconds + connectionHeldSeconds));
  const byBatch = runsScheduledBatch(deployment)
    ? Math.min(1, (resumeSeconds + batchSeconds + autoPauseSeconds) / windowSeconds)
    : 0;
  const others = 1 - (1 - byMicroBatches) * (1 - readHoursPerDay / 24);
  return {
    share: 1 - (1 - byBatch) * (1 - others),
    resumeSeconds: byBatch < 1 ? resumeSeconds * (1 - others) : 0,
  };
}

/** ACU while awake: the least, or what the statements' CPU asks for. */
export function acuWhileAwake(databaseMsPerSecond: number, share: number, acuAwake: number): number {
  if (share === 0) return acuAwake;
  return Math.max(acuAwake, (databaseMsPerSecond / 1_000 / share) * ASSUMPTIONS.acuPerCore);
}
