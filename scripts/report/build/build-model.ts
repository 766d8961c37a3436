import type { LedgerRow } from '../../../functions/contract.ts';
import type { Observations } from '../../experiments/observations.ts';
import { errorOf, type FitError } from '../../fit/fit-error.ts';
import type { FittedModel, FittedPaths } from '../../fit/fit-model.ts';
import { samplesOf } from '../../fit/samples.ts';
import type { ModelParameters } from '../../model/parameters.ts';
import type { ModelReport } from '../model-report.ts';
import { predictCpuMs } from '../predict-phase.ts';

/** The fitted model, and how it does on the live runs that it was not fitted to. */
export function buildModel(fitted: FittedModel, live: readonly Pick<Observations, 'paths'>[]): ModelReport {
  const { parameters, origins, fits, cpuError, fittedEvents } = fitted;
  const ledgerOf = (path: 'micro_batch' | 'scheduled_batch'): LedgerRow[] =>
    live.flatMap(({ paths }) => secondHalf(paths[path].ledger));
  return {
    parameters,
    origins,
    fits,
    cpuError,
    fittedEvents,
    live: {
      microBatch: errorOn(ledgerOf('micro_batch'), parameters, 'microBatch'),
      scheduledBatch: errorOn(ledgerOf('scheduled_batch'), parameters, 'scheduledBatch'),
    },
  };
}

/**
 * What began in the second half of the time. Code that is run for the first time is interpreted and then compiled: here a
 * micro-batch takes ten times its CPU for the first half minute of an environment, which on AWS lives for hours.
 */
function secondHalf(ledger: readonly LedgerRow[]): LedgerRow[] {
  const begun = ledger.map(({ startedMs }) => startedMs);
  const [first, last] = [Math.min(...begun), Math.max(...begun)];
  return ledger.filter(({ startedMs }) => startedMs >= (first + last) / 2);
}

function errorOn(ledger: readonly LedgerRow[], parameters: ModelParameters, path: keyof FittedPaths): FitError | null {
  return errorOf(
    samplesOf(ledger, null).map((sample) => ({
      predicted: predictCpuMs(parameters, path, sample),
      measured: sample.cpuMs,
    })),
  );
}
