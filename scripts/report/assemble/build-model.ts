import type { Observations } from '#bench/experiments/observations.ts';
import type { LedgerRow, Path } from '#functions/contract.ts';
import { errorOf, type FitError } from '#model/fit/fit-error.ts';
import type { FittedModel } from '#model/fit/fit-model.ts';
import { samplesOf } from '#model/fit/samples.ts';
import type { ModelParameters } from '#model/parameters.ts';
import type { PathKey } from '#model/path-name.ts';
import { predictCpuMs } from '#model/timing/predict-phase.ts';
import type { ModelReport } from '../definition/model-report.ts';
import { secondHalf } from './second-half.ts';

/** The fitted model, and how it does on the live runs that it was not fitted to. */
export function buildModel(fitted: FittedModel, live: readonly Pick<Observations, 'paths'>[]): ModelReport {
  const { parameters, origins, fits, cpuError, databaseError, initError, fittedEvents, fittedRecords, fittedRows } =
    fitted;
  const errorsOn = (part: (ledger: readonly LedgerRow[]) => readonly LedgerRow[]): ModelReport['live'] => {
    const ledgerOf = (path: Path): LedgerRow[] => live.flatMap(({ paths }) => part(paths[path].ledger));
    return {
      microBatch: errorOn(ledgerOf('micro_batch'), parameters, 'microBatch'),
      scheduledBatch: errorOn(ledgerOf('scheduled_batch'), parameters, 'scheduledBatch'),
    };
  };
  return {
    parameters,
    origins,
    fits,
    cpuError,
    databaseError,
    initError,
    fittedEvents,
    fittedRecords,
    fittedRows,
    live: errorsOn(secondHalf),
    liveWhole: errorsOn((ledger) => ledger),
  };
}

function errorOn(ledger: readonly LedgerRow[], parameters: ModelParameters, path: PathKey): FitError | null {
  return errorOf(
    samplesOf(ledger, null).map((sample) => ({
      predicted: predictCpuMs(parameters, path, sample),
      measured: sample.cpuMs,
    })),
  );
}
