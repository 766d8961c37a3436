import type { ModelParameters } from '../parameters.ts';
import { handlerCpuMs } from '../timing/function-time.ts';
import { type Plan, planDeployment } from './plan-deployment.ts';

/** What the model says of a path over a whole load. */
export type LivePrediction = {
  readonly events: number;
  readonly invocations: number;
  readonly rowsWritten: number;
  readonly rowsFinal: number;
  readonly cpuMs: number;
  readonly freshnessMeanMs: number;
};

/**
 * What the model says of micro-batches on a steady load of so many seconds, its tail included; null where nothing comes. Left out are
 * the load's first and last batch, which are smaller, invocations that failed and were repeated, and that code is slow until it has
 * been compiled.
 *
 * @param coldStarts as they were measured: when the platform starts an environment is not the model's to say
 */
export function predictLiveMicroBatches(
  { parameters, microBatch }: Plan,
  seconds: number,
  coldStarts: number,
): LivePrediction | null {
  if (microBatch === null || microBatch.batch === null) return null;
  const { batch, delays } = microBatch;
  const invocations = batch.perSecond * seconds;
  return {
    events: batch.events * invocations,
    invocations,
    rowsWritten: batch.rowsWritten * invocations,
    rowsFinal: batch.rowsFresh * invocations,
    cpuMs: handlerCpuMs(parameters, 'microBatch', batch) * invocations + parameters.coldCpuMs * coldStarts,
    freshnessMeanMs: delays.freshnessSeconds * 1_000,
  };
}

/**
 * What the model says of the scheduled batch on such a load, as a benchmark runs it: one run for each window, in an environment that
 * is warm; null where the path is not deployed.
 */
export function predictLiveScheduledBatches(
  { parameters, workload, deployment }: Plan,
  seconds: number,
  coldStarts: number,
): LivePrediction | null {
  const warm: ModelParameters = { ...parameters, initMs: 0, coldCpuMs: 0 };
  const { scheduledBatch } = planDeployment(warm, workload, deployment);
  if (scheduledBatch === null) return null;
  const { events, records, rowsFresh, rowsWritten, parts } = scheduledBatch.run;
  const runs = seconds / deployment.windowSeconds;
  const whole = { events, records, rowsFresh, rowsUpdated: rowsWritten - rowsFresh };
  const runCpuMs = handlerCpuMs(warm, 'scheduledBatch', whole) + (parts - 1) * warm.scheduledBatchCpuMs;
  return {
    events: events * runs,
    invocations: parts * runs,
    rowsWritten: rowsWritten * runs,
    rowsFinal: rowsFresh * runs,
    cpuMs: runCpuMs * runs + parameters.coldCpuMs * coldStarts,
    freshnessMeanMs: scheduledBatch.delays.freshnessSeconds * 1_000,
  };
}
