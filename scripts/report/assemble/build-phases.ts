import type {
  BatchingWindowObservations,
  BatchMeasurement,
  DrainObservations,
  Measured,
} from '#bench/experiments/observations.ts';
import type { Place } from '#bench/targets/target.ts';
import { forBothPaths } from '#functions/contract.ts';
import type { ModelParameters } from '#model/parameters.ts';
import type { LivePrediction } from '#model/plan/predict-live.ts';
import type { PhasePrediction } from '#model/timing/predict-phase.ts';
import type { RowTable } from '#model/workload/row-table.ts';
import type { PreparedWorkload } from '#model/workload/workload.ts';
import type { BatchingWindowReport, BatchReport, DrainReport, Report } from '../definition/report.ts';
import { predictBatchingWindow, predictDrainPhase } from '../prediction/predictions.ts';
import { pathFigures, sumLedger, toTenth, windowsOfArrivals } from './path-figures.ts';

export function buildCalibration({ calibration }: Pick<Measured, 'calibration'>): Report['calibration'] {
  if (calibration === null) return null;
  const { correctness, load, ledger } = calibration;
  return { exact: correctness.exact, correctness, load, invocations: forBothPaths((path) => ledger[path].length) };
}

/**
 * @param unseen parameters of a model that was not fitted to this drain
 * @param countRows number of rows that a number of events touches
 */
export function buildDrain(drain: DrainObservations, unseen: ModelParameters, countRows: RowTable): DrainReport {
  const { windowMs, settings, mapping, shards, load, exact, correctness, coldCorrectness, catchUp } = drain;
  const caughtUp = drain.ledger.microBatch;
  const predicted = predictDrainPhase(unseen, countRows, drain, {
    cold: drain.cold?.rows ?? null,
    warm: drain.warm.rows,
    catchUp: caughtUp,
  });
  return {
    windowMs,
    settings,
    mapping,
    shards,
    load,
    exact,
    correctness,
    coldCorrectness,
    cold: drain.cold && predicted.cold && buildBatch(drain.cold, predicted.cold),
    warm: buildBatch(drain.warm, predicted.warm),
    catchUp: {
      ...sumLedger(caughtUp),
      durationMs: toTenth(catchUp.durationMs),
      mappingMs: toTenth(catchUp.mappingMs),
      eventsPerSecond: Math.round(catchUp.eventsPerSecond),
      maxMemoryMb: catchUp.maxMemoryMb,
      predicted: predicted.catchUp,
    },
  };
}

function buildBatch({ rows, ...measured }: BatchMeasurement, predicted: PhasePrediction): BatchReport {
  return {
    ...sumLedger(rows),
    durationMs: toTenth(measured.durationMs),
    billedDurationMs: measured.billedDurationMs,
    initMs: measured.initMs,
    maxMemoryMb: measured.maxMemoryMb,
    predicted,
  };
}

/**
 * @param unseen parameters of a model that was not fitted to this phase
 * @param workload the load that was sent
 * @param target where it ran
 */
export function buildBatchingWindow(
  measured: BatchingWindowObservations,
  unseen: ModelParameters,
  workload: PreparedWorkload,
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
    cpuMs: toTenth(cpuMs),
    rowsWritten: Math.round(rowsWritten),
    invocations: Math.round(invocations),
    freshnessMs: Math.round(freshnessMeanMs),
  };
}
