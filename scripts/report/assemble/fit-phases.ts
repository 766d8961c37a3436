import type { Measured, Observations } from '#bench/experiments/observations.ts';
import type { TargetName } from '#bench/targets/target.ts';
import { initsOf } from '#bench/verify/platform-reports.ts';
import type { LedgerRow, Path } from '#functions/contract.ts';
import { predictMs } from '#model/fit/coefficients.ts';
import { errorOf, shareOff } from '#model/fit/fit-error.ts';
import type { PathInits } from '#model/fit/fit-init.ts';
import { fitModel, type PathSamples } from '#model/fit/fit-model.ts';
import type { FittedModel } from '#model/fit/fitted-model.ts';
import { type Sample, samplesOf, samplesOfDrain } from '#model/fit/samples.ts';
import type { Keys } from '#model/workload/keys.ts';
import { secondHalf } from './second-half.ts';

/** The phases in which one path ran alone, and the live runs beside them. */
export type Phases = Pick<Measured, 'calibration' | 'drains' | 'batchingWindows' | 'live'>;

/** What is known of the load that all of them have. */
export type KnownLoad = {
  /** Of the generated load: a log's are counted, not given. */
  readonly keys: Keys;
  /** How far out of order its events may be. */
  readonly disorderMs: number;
};

export type PhaseModels = {
  /** Fitted to all of them; its CPU is off by the error on invocations or on whole phases, whichever is greater. */
  readonly whole: FittedModel;
  /** Fitted to all but one, so that what it says of that one is a prediction. */
  readonly without: (phase: SizedPhase) => FittedModel;
};

/** One whose invocations have the sizes that a verdict prices. */
type SizedPhase = Phases['drains'][number] | Phases['batchingWindows'][number];

const NO_PHASES: Phases = { live: [], calibration: null, drains: [], batchingWindows: [] };

/** For packing, calls and clocks. */
const SENDING_MS = 1_000;

export function fitPhases(phases: Phases, target: TargetName, { keys, disorderMs }: KnownLoad): PhaseModels {
  const beside = {
    microBatch: phases.live.flatMap((live) => samplesOfLive(live, disorderMs)),
    scheduledBatch: [], // these batches span windows
  };
  const fitTo = (some: Phases): FittedModel =>
    fitModel(samplesOfPhases(some), keys, target === 'aws', { samples: beside, initsMs: initsOfPhases(some) });
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
  const cpuError = { microBatch: errorIn('microBatch'), scheduledBatch: errorIn('scheduledBatch') };
  return { whole: { ...whole, cpuError }, without };
}

function exceptFor(phase: SizedPhase, phases: Phases): Phases {
  return {
    ...phases,
    drains: phases.drains.filter((each) => each !== phase),
    batchingWindows: phases.batchingWindows.filter((each) => each !== phase),
  };
}

/**
 * How far the CPU of a whole phase is off in the mean, as a fit says it that has not seen that phase. Invocations of its size are
 * what a verdict prices, and most of what is fitted are smaller; an error that all of a size share doesn't cancel out in a bill.
 * 0 without such a phase.
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
      // Live loads, in environments that may be new.
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

/** Of the live runs, too: an environment on AWS starts by itself, whatever runs beside it. */
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
