import type { ModelParameters } from '../parameters.ts';
import { handlerCpuMs } from '../timing/function-time.ts';
import { type Plan, planDeployment } from './plan-deployment.ts';

/** Prediction for one path over a whole load. */
export type LivePrediction = {
  readonly events: number;
  readonly invocations: number;
  readonly rowsWritten: number;
  readonly rowsFinal: number;
  readonly cpuMs: number;
  readonly freshnessMeanMs: number;
};

/**
 * Predicts micro-batches on a steady load, tail included; null without events. It leaves out that the first and the last batch are
 * smaller, that failed invocations are repeated, and that code is slow until it is compiled.
 *
 * @param coldStarts measured number of cold starts, since the model cannot predict when the platform starts an environment
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
 * Predicts the scheduled batch on the same load as a benchmark runs it: one run per window in a warm environment; null if the path is
 * not deployed.
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
