import type { BatchMeasurement, DrainObservations } from '#bench/experiments/observations.ts';
import type { ModelParameters } from '#model/parameters.ts';
import type { PhasePrediction } from '#model/timing/predict-phase.ts';
import type { Keys } from '#model/workload/keys.ts';
import type { BatchReport, DrainReport } from '../definition/phase-reports.ts';
import { predictDrainPhase } from '../prediction/predictions.ts';
import { sumLedger } from './phase-figures.ts';

/** @param unseen parameters of a model that has not seen this drain */
export function buildDrain(drain: DrainObservations, unseen: ModelParameters, keys: Keys): DrainReport {
  const { windowMs, settings, mapping, shards, load, exact, correctness, coldCorrectness, catchUp } = drain;
  const caughtUp = drain.ledger.microBatch;
  const predicted = predictDrainPhase(unseen, keys, drain, {
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
      durationMs: round(catchUp.durationMs),
      mappingMs: round(catchUp.mappingMs),
      eventsPerSecond: Math.round(catchUp.eventsPerSecond),
      maxMemoryMb: catchUp.maxMemoryMb,
      predicted: predicted.catchUp,
    },
  };
}

function buildBatch({ rows, ...measured }: BatchMeasurement, predicted: PhasePrediction): BatchReport {
  return {
    ...sumLedger(rows),
    durationMs: round(measured.durationMs),
    billedDurationMs: measured.billedDurationMs,
    initMs: measured.initMs,
    maxMemoryMb: measured.maxMemoryMb,
    predicted,
  };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
