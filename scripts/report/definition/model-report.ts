import type { FitError } from '#model/fit/fit-error.ts';
import type { PathFit } from '#model/fit/fit-model.ts';
import type { Model } from '#model/model.ts';
import type { ModelParameters, Origin, ParameterName } from '#model/parameters.ts';

/** What every modelled figure was made with, beside its scenario and the prices. */
export type ModelReport = {
  readonly parameters: ModelParameters;
  readonly origins: Readonly<Record<ParameterName, Origin>>;
  /** How each path's CPU was fitted to the phases in which it ran alone. */
  readonly fits: { readonly microBatch: PathFit; readonly scheduledBatch: PathFit };
  readonly cpuError: Model['cpuError'];
  readonly databaseError: Model['databaseError'];
  readonly initError: Model['initError'];
  readonly fittedEvents: Model['fittedEvents'];
  readonly fittedRecords: Model['fittedRecords'];
  readonly fittedRows: Model['fittedRows'];
  /** The same fit's error on the second half of each live run, both paths side by side; nothing of it was fitted. */
  readonly live: LiveErrors;
  /** The same on the whole of each live run: cold starts and code that is still being compiled included. */
  readonly liveWhole: LiveErrors;
};

type LiveErrors = { readonly microBatch: FitError | null; readonly scheduledBatch: FitError | null };
