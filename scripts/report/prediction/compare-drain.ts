import type { ModelParameters } from '#model/parameters.ts';
import { predictDrain, type WindowLoad } from '#model/timing/predict-drain.ts';
import type { KnownInvocation } from '#model/timing/predict-phase.ts';
import type { Keys } from '#model/workload/keys.ts';
import { formatSpan } from '#text/format-span.ts';
import type { DrainReport } from '../definition/report.ts';
import type { Prediction, Unit } from './prediction.ts';

type Phase = Pick<DrainReport['warm'], 'invocations' | 'events' | 'records' | 'rowsWritten' | 'cpuMs'>;

/** A drain's batch, cold and warm, and the micro-batches of its catch-up. How many invocations it took is taken as it was. */
export function compareDrain(parameters: ModelParameters, keys: Keys, drain: DrainReport): Prediction[] {
  const { windowMs, settings, load, shards, cold, warm, catchUp } = drain;
  const of = `drain of ${formatSpan(windowMs / 1_000)}`;
  const lagMs = settings.boundMs + settings.marginMs;
  const windowLoad: WindowLoad = { keys, events: load.events, windowMs, lagMs, shards };
  const predicted = predictDrain(parameters, windowLoad, {
    cold: cold === null ? null : alike(cold, true),
    warm: alike(warm, false),
    catchUp: alike(catchUp, false),
  });
  const { fresh, written } = predicted.rows;
  const row = (path: Prediction['path'], figure: string, unit: Unit, predictedFigure: number, measured: number) => ({
    of,
    path,
    figure,
    unit,
    predicted: predictedFigure,
    measured,
  });
  return [
    row('scheduled-batch', 'rows written', 'rows', fresh, warm.rowsWritten),
    row('scheduled-batch', 'CPU, warm', 'ms CPU', predicted.warm.cpuMs, warm.cpuMs),
    ...(cold === null || predicted.cold === null
      ? []
      : [row('scheduled-batch', 'CPU, cold', 'ms CPU', predicted.cold.cpuMs, cold.cpuMs)]),
    row('micro-batch', 'rows written, catching up', 'rows', written, catchUp.rowsWritten),
    row('micro-batch', 'CPU, catching up', 'ms CPU', predicted.catchUp.cpuMs, catchUp.cpuMs),
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
