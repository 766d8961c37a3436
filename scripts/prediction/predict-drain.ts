import type { Keys } from '../model/keys.ts';
import type { ModelParameters } from '../model/parameters.ts';
import {
  type KnownInvocation,
  predictPhase,
  rowsOfBatch,
  rowsOfMicroBatches,
  type WindowLoad,
} from '../model/predict-phase.ts';
import type { DrainReport } from '../report/report.ts';
import { formatSpan } from '../text/format-span.ts';
import type { Prediction, Unit } from './prediction.ts';

type Phase = Pick<DrainReport['warm'], 'invocations' | 'events' | 'records' | 'rowsWritten' | 'cpuMs'>;

/** A drain's batch, cold and warm, and the micro-batches of its catch-up. How many invocations it took is taken as it was. */
export function predictDrain(parameters: ModelParameters, keys: Keys, drain: DrainReport): Prediction[] {
  const { windowMs, settings, load, shards, cold, warm, catchUp } = drain;
  const of = `drain of ${formatSpan(windowMs / 1_000)}`;
  const lagMs = settings.boundMs + settings.marginMs;
  const windowLoad: WindowLoad = { keys, events: load.events, windowMs, lagMs, shards };
  const fresh = rowsOfBatch(windowLoad);
  const batch = (phase: Phase, isCold: boolean) =>
    predictPhase(parameters, 'scheduledBatch', alike(phase, isCold), { written: fresh, fresh });
  const micro = alike(catchUp, false);
  const written = Math.max(fresh, rowsOfMicroBatches(windowLoad, micro));
  const caughtUp = predictPhase(parameters, 'microBatch', micro, { written, fresh });
  const row = (path: Prediction['path'], figure: string, unit: Unit, predicted: number, measured: number) => ({
    of,
    path,
    figure,
    unit,
    predicted,
    measured,
  });
  return [
    row('scheduled-batch', 'rows written', 'rows', fresh, warm.rowsWritten),
    row('scheduled-batch', 'CPU, warm', 'ms CPU', batch(warm, false).cpuMs, warm.cpuMs),
    ...(cold === null ? [] : [row('scheduled-batch', 'CPU, cold', 'ms CPU', batch(cold, true).cpuMs, cold.cpuMs)]),
    row('micro-batch', 'rows written, catching up', 'rows', written, catchUp.rowsWritten),
    row('micro-batch', 'CPU, catching up', 'ms CPU', caughtUp.cpuMs, catchUp.cpuMs),
  ];
}

/** A report has the sums of a phase; its invocations are taken to be alike, the first of them cold or not. */
function alike({ invocations, events, records }: Phase, isCold: boolean): KnownInvocation[] {
  return Array.from({ length: invocations }, (_, index) => ({
    cold: isCold && index === 0,
    events: events / invocations,
    records: records / invocations,
  }));
}
