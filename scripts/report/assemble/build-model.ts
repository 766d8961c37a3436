import type { Observations } from '#bench/experiments/observations.ts';
import { forBothPaths, type LedgerRow, type Path } from '#functions/contract.ts';
import { errorOf, type FitError } from '#model/fit/fit-error.ts';
import type { FittedModel } from '#model/fit/fitted-model.ts';
import { samplesOf } from '#model/fit/samples.ts';
import type { ModelParameters } from '#model/parameters.ts';
import { predictCpuMs } from '#model/timing/predict-phase.ts';
import type { ModelReport } from '../definition/report.ts';
import { secondHalf } from './second-half.ts';

/** The fitted model, and how it does on the live runs that it was not fitted to. */
export function buildModel(fitted: FittedModel, live: readonly Pick<Observations, 'paths'>[]): ModelReport {
  const { parameters, origins, fits, cpuError, databaseError, initError, fittedEvents, fittedRecords, fittedRows } =
    fitted;
  const errorsOn = (part: (ledger: readonly LedgerRow[]) => readonly LedgerRow[]): ModelReport['live'] => {
    const ledgerOf = (path: Path): LedgerRow[] => live.flatMap(({ paths }) => part(paths[path].ledger));
    return forBothPaths((path) => errorOn(ledgerOf(path), parameters, path));
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

function errorOn(ledger: readonly LedgerRow[], parameters: ModelParameters, path: Path): FitError | null {
  return errorOf(
    samplesOf(ledger, null).map((sample) => ({
      predicted: predictCpuMs(parameters, path, sample),
      measured: sample.cpuMs,
    })),
  );
}
