import type { BatchingWindowObservations } from '../../experiments/observations.ts';
import { type Deployment, defaultDeployment } from '../../model/deployment.ts';
import type { ModelParameters } from '../../model/parameters.ts';
import type { Workload } from '../../model/workload.ts';
import type { BatchingWindowReport } from '../phase-reports.ts';
import { predictLiveMicroBatches } from '../predict-phase.ts';
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
  const coldStarts = path.ledger.filter(({ cold }) => cold).length;
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
    coldStarts,
    predicted: predict(measured, unseen, workload, coldStarts),
  };
}

function predict(
  { mapping, shards, settings, durationMs }: BatchingWindowObservations,
  parameters: ModelParameters,
  workload: Workload,
  coldStarts: number,
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
  const setting = { parameters, workload, deployment, seconds: durationMs / 1_000 };
  const predicted = predictLiveMicroBatches(setting, coldStarts);
  if (predicted === null) return { cpuMs: 0, rowsWritten: 0, invocations: 0, freshnessMs: 0 };
  const { cpuMs, rowsWritten, invocations, freshnessMeanMs } = predicted;
  return {
    cpuMs: Math.round(cpuMs * 10) / 10,
    rowsWritten: Math.round(rowsWritten),
    invocations: Math.round(invocations),
    freshnessMs: Math.round(freshnessMeanMs),
  };
}
