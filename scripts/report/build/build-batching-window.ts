import type { BatchingWindowObservations } from '../../experiments/observations.ts';
import { microBatchDelays } from '../../model/delay.ts';
import { type Deployment, defaultDeployment } from '../../model/deployment.ts';
import { microBatchesPerSecond, planMicroBatch } from '../../model/micro-batch.ts';
import type { ModelParameters } from '../../model/parameters.ts';
import type { Workload } from '../../model/workload.ts';
import type { BatchingWindowReport } from '../phase-reports.ts';
import { predictCpuMs } from '../predict-phase.ts';
import { pathFigures, windowsOfArrivals } from './path-figures.ts';

/**
 * @param unseen parameters of a model that has not seen this run
 * @param workload the load that was sent
 */
export function buildBatchingWindow(
  measured: BatchingWindowObservations,
  unseen: ModelParameters,
  workload: Workload,
): BatchingWindowReport {
  const { batchingWindowSeconds, mapping, shards, settings, durationMs, load, correctness, path, coverage } = measured;
  return {
    batchingWindowSeconds,
    mapping,
    shards,
    settings,
    durationMs: Math.round(durationMs),
    load,
    exact: correctness.exact,
    correctness,
    path: pathFigures(path, coverage, windowsOfArrivals(path.ledger, settings.windowMs)),
    predicted: predict(measured, unseen, workload),
  };
}

function predict(
  { mapping, shards, settings, durationMs, path }: BatchingWindowObservations,
  parameters: ModelParameters,
  workload: Workload,
): BatchingWindowReport['predicted'] {
  const deployment: Deployment = {
    ...defaultDeployment('micro-batch'),
    windowSeconds: settings.windowMs / 1_000,
    boundSeconds: settings.boundMs / 1_000,
    marginSeconds: settings.marginMs / 1_000,
    shards,
    batchSize: mapping.batchSize,
    batchingWindowSeconds: mapping.batchingWindowSeconds,
  };
  const batch = planMicroBatch(parameters, workload, deployment);
  const invocations = (microBatchesPerSecond(parameters, workload, deployment) * durationMs) / 1_000;
  const cpuMs = batch === null ? 0 : predictCpuMs(parameters, 'microBatch', { ...batch, cold: false });
  const coldMs = path.ledger.filter(({ cold }) => cold).length * parameters.coldCpuMs;
  return {
    cpuMs: Math.round((cpuMs * invocations + coldMs) * 10) / 10,
    rowsWritten: Math.round((batch?.rowsWritten ?? 0) * invocations),
    invocations: Math.round(invocations),
    freshnessMs: Math.round(microBatchDelays(parameters, workload, deployment).freshnessSeconds * 1_000),
  };
}
