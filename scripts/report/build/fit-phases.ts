import type { LedgerRow, Path } from '../../../functions/contract.ts';
import type { Measured, Observations } from '../../experiments/observations.ts';
import type { PathInits } from '../../fit/fit-init.ts';
import { type FittedModel, fitModel, type PathSamples } from '../../fit/fit-model.ts';
import { type Sample, samplesOf, samplesOfDrain } from '../../fit/samples.ts';
import type { Keys } from '../../model/keys.ts';
import { initsOf } from '../../observe/platform-reports.ts';
import type { TargetName } from '../../targets/target.ts';
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
  /** Fitted to all of them. */
  readonly whole: FittedModel;
  /** Fitted to all but one, so that what it says of that one is a prediction. */
  readonly without: (phase: Phases['drains'][number] | Phases['batchingWindows'][number]) => FittedModel;
};

/** For packing, calls and clocks. */
const SENDING_MS = 1_000;

export function fitPhases(phases: Phases, target: TargetName, { keys, disorderMs }: KnownLoad): PhaseModels {
  const beside = {
    microBatch: phases.live.flatMap((live) => samplesOfLive(live, disorderMs)),
    scheduledBatch: [], // these batches span windows
  };
  const fitTo = (some: Phases): FittedModel =>
    fitModel(samplesOfPhases(some), keys, target, { samples: beside, initsMs: initsOfPhases(some) });
  return {
    whole: fitTo(phases),
    without: (phase) =>
      fitTo({
        ...phases,
        drains: phases.drains.filter((each) => each !== phase),
        batchingWindows: phases.batchingWindows.filter((each) => each !== phase),
      }),
  };
}

function samplesOfPhases({ calibration, drains, batchingWindows }: Phases): PathSamples {
  const samples = (ledger: readonly LedgerRow[] | undefined): Sample[] => samplesOf(ledger ?? [], null);
  return {
    microBatch: [
      ...samples(calibration?.ledger.micro_batch),
      ...drains.flatMap(({ ledger }) => samples(ledger.micro_batch)),
      // Live loads, in environments that may be new.
      ...batchingWindows.flatMap(({ path }) => samples(secondHalf(path.ledger))),
    ],
    scheduledBatch: [
      ...samples(calibration?.ledger.scheduled_batch),
      ...drains.flatMap(({ ledger, windowMs, load, settings: { boundMs, marginMs } }) =>
        samplesOfDrain(ledger.scheduled_batch, { windowMs, lagMs: boundMs + marginMs, events: load.events }),
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
      ...inLive('micro_batch'),
      ...inEach.flatMap(({ micro_batch }) => micro_batch),
      ...batchingWindows.flatMap(({ path }) => initsOf(path.platform.reports)),
    ],
    scheduledBatch: [...inLive('scheduled_batch'), ...inEach.flatMap(({ scheduled_batch }) => scheduled_batch)],
  };
}

function samplesOfLive({ load, sent, paths, settings }: Observations, disorderMs: number): Sample[] {
  if (load.replay !== null) return [];
  const lagMs = sent.lagsMs.reduce((most, lag) => Math.max(most, lag), 0);
  const spreadMs = disorderMs + lagMs + SENDING_MS;
  return samplesOf(paths.micro_batch.ledger, { windowMs: settings.windowMs, spreadMs });
}
