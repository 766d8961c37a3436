import type { BatchingWindowObservations } from '#bench/experiments/observations.ts';
import type { Place } from '#bench/targets/target.ts';
import type { ModelParameters } from '#model/parameters.ts';
import type { LivePrediction } from '#model/timing/predict-phase.ts';
import type { Workload } from '#model/workload/workload.ts';
import type { BatchingWindowReport } from '../definition/phase-reports.ts';
import { predictBatchingWindow } from '../prediction/predictions.ts';
import { pathFigures, windowsOfArrivals } from './path-figures.ts';

/**
 * @param unseen parameters of a model that has not seen this run
 * @param workload the load that was sent
 * @param target where
 */
export function buildBatchingWindow(
  measured: BatchingWindowObservations,
  unseen: ModelParameters,
  workload: Workload,
  target: Pick<Place, 'name'>,
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
    predicted: roundPrediction(predictBatchingWindow(unseen, workload, target, { ...measured, coldStarts })),
  };
}

function roundPrediction(predicted: LivePrediction | null): BatchingWindowReport['predicted'] {
  if (predicted === null) return { cpuMs: 0, rowsWritten: 0, invocations: 0, freshnessMs: 0 };
  const { cpuMs, rowsWritten, invocations, freshnessMeanMs } = predicted;
  return {
    cpuMs: Math.round(cpuMs * 10) / 10,
    rowsWritten: Math.round(rowsWritten),
    invocations: Math.round(invocations),
    freshnessMs: Math.round(freshnessMeanMs),
  };
}
