import type { Path } from '#functions/contract.ts';
import type { PerPath } from '../model.ts';
import { type ModelParameters, type ParameterName, STANDARD, STANDARD_ORIGINS } from '../parameters.ts';
import { medianOf } from '../statistics/ranks.ts';
import { CPU_PARAMETERS } from '../timing/function-time.ts';
import type { RowTable } from '../workload/row-table.ts';
import { type Coefficients, CPU_COEFFICIENTS, predictMs } from './coefficients.ts';
import { errorOf, type FitError, shareOff } from './fit-error.ts';
import { fitInit, type PathInits } from './fit-init.ts';
import { fitCpu, fitDatabaseWait, isFit } from './fit-times.ts';
import type { FittedModel, FittedPaths, PathFit, TimeFit } from './fitted-model.ts';
import type { Sample } from './samples.ts';

export type PathSamples = Readonly<Record<Path, readonly Sample[]>>;

/** Measurements of a run that are used beside the fitted invocations. */
export type Besides = {
  /** Invocations with both paths side by side. Their times disturb each other, but their rows can be compared. */
  readonly samples?: PathSamples;
  readonly initsMs?: PathInits;
};

const NOTHING = { microBatch: [], scheduledBatch: [] };

/**
 * Fits the model to the phases in which one path ran alone. Parameters that they cannot tell keep their standard values and origins.
 *
 * @param countRows rows by events in the key model; null if nothing was counted
 * @param onAws true if the run was on AWS; only then are times in the database, INIT and the CPU of Lambda fitted
 */
export function fitModel(
  samples: PathSamples,
  countRows: RowTable | null,
  onAws: boolean,
  { samples: besides = NOTHING, initsMs = NOTHING }: Besides = {},
): FittedModel {
  const fitPathOf = (path: Path): PathFit =>
    fitPath(samples[path], countRows && compareRows([...samples[path], ...besides[path]], countRows));
  const fits = { microBatch: fitPathOf('microBatch'), scheduledBatch: fitPathOf('scheduledBatch') };
  const databaseWait = onAws ? fits.microBatch.databaseWait : null;
  const init = onAws ? fitInit(initsMs) : null;
  const fitted: Partial<ModelParameters> = {
    ...(fits.microBatch.cpu && asCpu('microBatch', fits.microBatch.cpu)),
    ...(fits.scheduledBatch.cpu && asCpu('scheduledBatch', fits.scheduledBatch.cpu)),
    ...fitColdStart(samples, fits),
    ...(onAws && asLambda(fits)),
    ...(databaseWait && asDatabase(databaseWait)),
    ...(init && { initMs: init.ms }),
  };
  const fittedNames = Object.keys(fitted) as ParameterName[];
  return {
    parameters: { ...STANDARD, ...fitted },
    origins: { ...STANDARD_ORIGINS, ...Object.fromEntries(fittedNames.map((name) => [name, 'fitted'])) },
    fits,
    cpuError: { microBatch: errorIn(fits.microBatch.cpu), scheduledBatch: errorIn(fits.scheduledBatch.cpu) },
    databaseError: errorIn(databaseWait),
    initError: errorIn(init),
    fittedEvents: mostOf(fits, 'events'),
    fittedRecords: mostOf(fits, 'records'),
    fittedRows: mostOf(fits, 'rowsWritten'),
  };
}

/** The greatest count of a fitted invocation. */
function mostOf({ microBatch, scheduledBatch }: FittedPaths, counted: 'events' | 'records' | 'rowsWritten'): PerPath {
  return {
    microBatch: microBatch.cpu?.ranges[counted][1] ?? null,
    scheduledBatch: scheduledBatch.cpu?.ranges[counted][1] ?? null,
  };
}

function fitPath(samples: readonly Sample[], rows: FitError | null): PathFit {
  const cpu = fitCpu(samples);
  const databaseWait = fitDatabaseWait(samples);
  return {
    cpu: isFit(cpu) ? cpu : null,
    whyNot: isFit(cpu) ? null : cpu.why,
    databaseWait: isFit(databaseWait) ? databaseWait : null,
    rows,
  };
}

function errorIn(fit: { readonly heldOut: FitError } | null): number | null {
  return fit === null ? null : shareOff(fit.heldOut);
}

function asCpu(path: Path, fit: Coefficients): Partial<ModelParameters> {
  return Object.fromEntries(CPU_COEFFICIENTS.map((term) => [CPU_PARAMETERS[path][term], fit[term]]));
}

/** Fits the extra CPU of cold invocations over warm ones. It prefers those of the batch, as each of its runs starts cold on AWS. */
function fitColdStart(samples: PathSamples, fits: FittedPaths): Partial<ModelParameters> {
  const extraOf = (path: Path): number[] => {
    const { cpu } = fits[path];
    if (cpu === null) return [];
    return samples[path].filter(({ cold }) => cold).map((sample) => sample.cpuMs - predictMs(cpu, sample));
  };
  const ofBatch = extraOf('scheduledBatch');
  const extraMs = ofBatch.length > 0 ? ofBatch : extraOf('microBatch');
  return extraMs.length === 0 ? {} : { coldCpuMs: Math.max(0, medianOf(extraMs)) };
}

/**
 * CPU that was measured on Lambda for both paths needs no factor. Less memory does not change CPU time, only how long it takes, and
 * that is modelled by the memory.
 */
function asLambda({ microBatch, scheduledBatch }: FittedPaths): Partial<ModelParameters> {
  return microBatch.cpu === null || scheduledBatch.cpu === null ? {} : { cpuFactor: 1 };
}

/** The database parameters of a fit. A kind of row that no invocation wrote keeps its parameter. */
function asDatabase({ ms, msPerFreshRow, msPerUpdatedRow, ranges }: TimeFit): Partial<ModelParameters> {
  return {
    databaseMs: ms,
    ...(ranges.rowsFresh[1] > 0 && { databaseMsPerFreshRow: msPerFreshRow }),
    ...(ranges.rowsUpdated[1] > 0 && { databaseMsPerUpdatedRow: msPerUpdatedRow }),
  };
}

/** Error of the key model's rows in invocations whose windows are known; null without such invocations. */
export function compareRows(samples: readonly Sample[], countRows: RowTable): FitError | null {
  return errorOf(
    samples.flatMap(({ windows, rowsFresh, rowsUpdated }) => {
      if (windows === null) return [];
      const predicted = windows.reduce((sum, events) => sum + countRows(events), 0);
      return [{ predicted, measured: rowsFresh + rowsUpdated }];
    }),
  );
}
