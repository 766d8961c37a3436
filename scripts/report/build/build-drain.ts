import type { BatchMeasurement, DrainObservations } from '../../experiments/observations.ts';
import type { Keys } from '../../model/keys.ts';
import type { ModelParameters } from '../../model/parameters.ts';
import { predictPhase, rowsOfBatch, rowsOfMicroBatches, type WindowLoad } from '../../model/predict-phase.ts';
import type { BatchReport, DrainReport } from '../phase-reports.ts';
import { sumLedger } from './phase-figures.ts';

/** @param unseen parameters of a model that has not seen this drain */
export function buildDrain(drain: DrainObservations, unseen: ModelParameters, keys: Keys): DrainReport {
  const { windowMs, settings, mapping, shards, load, exact, correctness, coldCorrectness, catchUp } = drain;
  const lagMs = settings.boundMs + settings.marginMs;
  const windowLoad: WindowLoad = { keys, events: load.events, windowMs, lagMs, shards };
  const rows = rowsOfBatch(windowLoad);
  const batch = ({ rows: ledger, ...measured }: BatchMeasurement): BatchReport => ({
    ...sumLedger(ledger),
    durationMs: round(measured.durationMs),
    billedDurationMs: measured.billedDurationMs,
    initMs: measured.initMs,
    maxMemoryMb: measured.maxMemoryMb,
    predicted: predictPhase(unseen, 'scheduledBatch', ledger, { fresh: rows, written: rows }),
  });
  const caughtUp = drain.ledger.micro_batch;
  const written = Math.max(rows, rowsOfMicroBatches(windowLoad, caughtUp));
  return {
    windowMs,
    settings,
    mapping,
    shards,
    load,
    exact,
    correctness,
    coldCorrectness,
    cold: drain.cold === null ? null : batch(drain.cold),
    warm: batch(drain.warm),
    catchUp: {
      ...sumLedger(caughtUp),
      durationMs: round(catchUp.durationMs),
      mappingMs: round(catchUp.mappingMs),
      eventsPerSecond: Math.round(catchUp.eventsPerSecond),
      maxMemoryMb: catchUp.maxMemoryMb,
      predicted: predictPhase(unseen, 'microBatch', caughtUp, { fresh: rows, written }),
    },
  };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
