import type { Measured, Observations } from '#bench/experiments/observations.ts';
import type { TargetName } from '#bench/targets/target.ts';
import { initsOf } from '#bench/verify/platform-reports.ts';
import { forBothPaths, type LedgerRow, type Path } from '#functions/contract.ts';
import { predictMs } from '#model/fit/coefficients.ts';
import { errorOf, type FitError, shareOff } from '#model/fit/fit-error.ts';
import type { PathInits } from '#model/fit/fit-init.ts';
import { fitModel, type PathSamples } from '#model/fit/fit-model.ts';
import type { FittedModel } from '#model/fit/fitted-model.ts';
import { type Sample, samplesOf, samplesOfDrain } from '#model/fit/samples.ts';
import type { ModelParameters } from '#model/parameters.ts';
import { predictCpuMs } from '#model/timing/predict-phase.ts';
import { type Keys, tabulateRows } from '#model/workload/keys.ts';
import type { ModelReport } from '../definition/report.ts';

/** The phases in which one path ran alone, and the live runs beside them. */
export type Phases = Pick<Measured, 'calibration' | 'drains' | 'batchingWindows' | 'live'>;

/** Keys and disorder of the load, which all phases share. */
export type KnownLoad = {
  /** Keys of the generated load; the keys of a log are counted instead. */
  readonly keys: Keys;
  /** How far out of order the events may be, ms. */
  readonly disorderMs: number;
};

export type PhaseModels = {
  /** The model fitted to all phases. Its CPU error is the greater of the error on invocations and the error on whole phases. */
  readonly whole: FittedModel;
  /** The model fitted to all phases but one, so that its figures for that phase are predictions. */
  readonly without: (phase: SizedPhase) => FittedModel;
};

/** A phase with invocations of the sizes that a verdict prices. */
type SizedPhase = Phases['drains'][number] | Phases['batchingWindows'][number];

const NO_PHASES: Phases = { live: [], calibration: null, drains: [], batchingWindows: [] };

/** Time that packing, calls and clocks may add to the disorder of events, ms. */
const SENDING_MS = 1_000;

export function fitPhases(phases: Phases, target: TargetName, { keys, disorderMs }: KnownLoad): PhaseModels {
  const beside = {
    microBatch: phases.live.flatMap((live) => samplesOfLive(live, disorderMs)),
    scheduledBatch: [], // these batches span windows
  };
  const countRows = tabulateRows(keys);
  const fitTo = (some: Phases): FittedModel =>
    fitModel(samplesOfPhases(some), countRows, target === 'aws', { samples: beside, initsMs: initsOfPhases(some) });
  const whole = fitTo(phases);
  const known = new Map<SizedPhase, FittedModel>();
  const without = (phase: SizedPhase): FittedModel => {
    const fitted = known.get(phase) ?? fitTo(exceptFor(phase, phases));
    known.set(phase, fitted);
    return fitted;
  };
  const errorIn = (path: Path): number | null => {
    const { cpu } = whole.fits[path];
    return cpu === null ? null : Math.max(shareOff(cpu.heldOut), meanPhaseError(path, phases, without));
  };
  return { whole: { ...whole, cpuError: forBothPaths(errorIn) }, without };
}

function exceptFor(phase: SizedPhase, phases: Phases): Phases {
  return {
    ...phases,
    drains: phases.drains.filter((each) => each !== phase),
    batchingWindows: phases.batchingWindows.filter((each) => each !== phase),
  };
}

/**
 * The mean relative error of a whole phase's CPU, each phase predicted by a fit that has not seen it; 0 without such a phase. A
 * verdict prices invocations of these sizes, while most fitted invocations are smaller. An error that all invocations of one size
 * share does not cancel out in a bill.
 */
function meanPhaseError(path: Path, phases: Phases, without: (phase: SizedPhase) => FittedModel): number {
  const errorOfPhase = (phase: SizedPhase, alone: Partial<Phases>): number[] => {
    const { cpu } = without(phase).fits[path];
    if (cpu === null) return [];
    const warm = samplesOfPhases({ ...NO_PHASES, ...alone })[path].filter(({ cold }) => !cold);
    const error = errorOf(warm.map((sample) => ({ predicted: predictMs(cpu, sample), measured: sample.cpuMs })));
    return error === null ? [] : [error.total];
  };
  const errors = [
    ...phases.drains.flatMap((drain) => errorOfPhase(drain, { drains: [drain] })),
    ...phases.batchingWindows.flatMap((each) => errorOfPhase(each, { batchingWindows: [each] })),
  ];
  return errors.length === 0 ? 0 : errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

function samplesOfPhases({ calibration, drains, batchingWindows }: Phases): PathSamples {
  const samples = (ledger: readonly LedgerRow[] | undefined): Sample[] => samplesOf(ledger ?? [], null);
  return {
    microBatch: [
      ...samples(calibration?.ledger.microBatch),
      ...drains.flatMap(({ ledger }) => samples(ledger.microBatch)),
      // These loads are live, and their environments may be new.
      ...batchingWindows.flatMap(({ path }) => samples(secondHalf(path.ledger))),
    ],
    scheduledBatch: [
      ...samples(calibration?.ledger.scheduledBatch),
      ...drains.flatMap(({ ledger, windowMs, load, settings: { boundMs, marginMs } }) =>
        samplesOfDrain(ledger.scheduledBatch, { windowMs, lagMs: boundMs + marginMs, events: load.events }),
      ),
    ],
  };
}

/** INIT of the live runs is included, because on AWS other invocations do not slow the start of an environment. */
function initsOfPhases({ live, calibration, drains, batchingWindows }: Phases): PathInits {
  const inEach = [...(calibration === null ? [] : [calibration]), ...drains].map(({ initsMs }) => initsMs);
  const inLive = (path: Path): number[] => live.flatMap(({ paths }) => initsOf(paths[path].platform.reports));
  return {
    microBatch: [
      ...inLive('microBatch'),
      ...inEach.flatMap(({ microBatch }) => microBatch),
      ...batchingWindows.flatMap(({ path }) => initsOf(path.platform.reports)),
    ],
    scheduledBatch: [...inLive('scheduledBatch'), ...inEach.flatMap(({ scheduledBatch }) => scheduledBatch)],
  };
}

function samplesOfLive({ load, sent, paths, settings }: Observations, disorderMs: number): Sample[] {
  if (load.replay !== null) return [];
  const lagMs = sent.lagsMs.reduce((most, lag) => Math.max(most, lag), 0);
  const spreadMs = disorderMs + lagMs + SENDING_MS;
  return samplesOf(paths.microBatch.ledger, { windowMs: settings.windowMs, spreadMs });
}

/**
 * The rows of invocations that began in the second half of the time. New code is interpreted first and compiled later. On AWS an
 * environment lives for hours, so this costs little there; the slices of a default run show the cost here
 * (`paths.microBatch.slices`: `cpuMs` ÷ `events`).
 */
function secondHalf(ledger: readonly LedgerRow[]): LedgerRow[] {
  const [first, last] = ledger.reduce(
    ([least, most], { startedMs }) => [Math.min(least, startedMs), Math.max(most, startedMs)] as const,
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as readonly [number, number],
  );
  return ledger.filter(({ startedMs }) => startedMs >= (first + last) / 2);
}

/** Adds the error on the live runs, which the model was not fitted to. */
export function buildModel(fitted: FittedModel, live: readonly Pick<Observations, 'paths'>[]): ModelReport {
  const errorsOn = (part: (ledger: readonly LedgerRow[]) => readonly LedgerRow[]): ModelReport['live'] =>
    forBothPaths((path) => {
      const ledger = live.flatMap(({ paths }) => part(paths[path].ledger));
      return errorOn(ledger, fitted.parameters, path);
    });
  return { ...fitted, live: errorsOn(secondHalf), liveWhole: errorsOn((ledger) => ledger) };
}

function errorOn(ledger: readonly LedgerRow[], parameters: ModelParameters, path: Path): FitError | null {
  return errorOf(
    samplesOf(ledger, null).map((sample) => ({
      predicted: predictCpuMs(parameters, path, sample),
      measured: sample.cpuMs,
    })),
  );
}
