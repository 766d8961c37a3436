import type { BenchmarkOptions } from '../benchmark-options.ts';
import type { Display, PhaseDisplay } from '../run/display.ts';
import { deployedSettings, liveSettings } from '../run-settings.ts';
import type { Target } from '../targets/target.ts';
import { runBatchingWindow } from './batching-window.ts';
import { runCalibration } from './calibration.ts';
import { runDrain } from './drain.ts';
import { runLive } from './live.ts';
import type {
  BatchingWindowObservations,
  CalibrationObservations,
  DrainObservations,
  Measured,
  Observations,
} from './observations.ts';
import { expectedSeconds, timeLeftMs } from './phases/expected-time.ts';
import { type NotMeasured, nameOf, type Phase, planPhases } from './phases/plan-phases.ts';

type Experiment<Seen, Setting extends unknown[] = []> = (
  target: Target,
  options: BenchmarkOptions,
  ...rest: [...setting: Setting, display: Display, signal: AbortSignal]
) => Promise<Seen | null>;

/** The experiment of each kind of phase; it returns null if the signal ended it. */
export type Experiments = {
  readonly live: Experiment<Observations>;
  readonly calibrate: Experiment<CalibrationObservations>;
  readonly drain: Experiment<DrainObservations, [windowMs: number]>;
  readonly batchingWindow: Experiment<BatchingWindowObservations, [batchingWindowSeconds: number]>;
};

export type Sweep = {
  readonly measured: Measured;
  /** The failure that ended it early; the earlier measurements stay valid. */
  readonly failure: Error | null;
};

/**
 * Runs every phase of the benchmark, one after the other. If the signal ends it, or a phase after the first one fails, the
 * earlier measurements are kept.
 *
 * @returns null if the signal came before the end of the first live run
 * @throws any error of the first live run, because there is nothing to report then
 */
export async function runSweep(
  target: Target,
  options: BenchmarkOptions,
  display: Display & PhaseDisplay,
  signal: AbortSignal,
  experiments: Experiments = EXPERIMENTS,
): Promise<Sweep | null> {
  const { phases, modelled } = planPhases(options);
  const expected = phases.map((phase) => expectedSeconds(phase, options));
  const live: Observations[] = [];
  const calibrations: CalibrationObservations[] = [];
  const drains: DrainObservations[] = [];
  const batchingWindows: BatchingWindowObservations[] = [];

  /** Runs a phase. Returns false if the signal ended it. */
  const run = async (phase: Phase): Promise<boolean> => {
    switch (phase.kind) {
      case 'live':
      case 'replay': {
        const keep = options.keep && phase.repeat === 1; // only the first one is shown in full
        return add(live, await experiments.live(target, { ...options, keep }, display, signal));
      }
      case 'calibration':
        return add(calibrations, await experiments.calibrate(target, options, display, signal));
      case 'drain':
        return add(drains, await experiments.drain(target, options, phase.windowMs, display, signal));
      case 'batching window': {
        const seconds = phase.batchingWindowMs / 1_000;
        return add(batchingWindows, await experiments.batchingWindow(target, options, seconds, display, signal));
      }
    }
  };

  let done = 0;
  let why: Ending | null = null;
  for (const [at, phase] of phases.entries()) {
    if (signal.aborted) {
      why = { failure: null, begun: false };
      break;
    }
    const startedMs = Date.now();
    const leftMs = (): number | null => timeLeftMs(expected, at, Date.now() - startedMs);
    display.phase({ name: nameOf(phase), number: at + 1, count: phases.length, leftMs });
    try {
      if (!(await run(phase))) why = { failure: null, begun: true };
    } catch (error) {
      if (live.length === 0) throw error;
      why = { failure: error instanceof Error ? error : new Error(String(error)), begun: true };
    }
    if (why !== null) break;
    done++;
  }
  display.phase(null);
  if (live.length === 0) return null;
  return {
    measured: {
      live,
      calibration: calibrations[0] ?? null,
      drains,
      batchingWindows,
      notMeasured: [...modelled, ...(why === null ? [] : explainMissing(phases.slice(done), why))],
      interrupted: why !== null,
    },
    failure: why?.failure ?? null,
  };
}

/** The early end of a benchmark: a failure, or else the signal. */
type Ending = {
  readonly failure: Error | null;
  /** True if the first missing phase had begun. */
  readonly begun: boolean;
};

function explainMissing(phases: readonly Phase[], { failure, begun }: Ending): NotMeasured[] {
  const [first] = phases;
  const later =
    failure === null || first === undefined
      ? 'interrupted before it began'
      : `not begun, since ${nameOf(first)} failed`;
  const own = failure === null ? 'interrupted' : `failed: ${failure.message}`;
  return phases.map((phase, i) => ({ what: nameOf(phase), why: i === 0 && begun ? own : later }));
}

function add<Seen>(list: Seen[], seen: Seen | null): boolean {
  if (seen !== null) list.push(seen);
  return seen !== null;
}

/** The real experiments, each with the options that it needs. */
const EXPERIMENTS: Experiments = {
  live: runLive,
  calibrate: (target, options, display, signal) =>
    runCalibration(target, { ...options, ...deployedSettings(options) }, display, signal),
  drain: (target, options, windowMs, display, signal) =>
    runDrain(target, { ...options, ...deployedSettings(options), windowMs }, display, signal),
  batchingWindow(target, options, batchingWindowSeconds, display, signal) {
    // It has the settings of the live run, because it is compared with it.
    const given = { ...options, ...liveSettings(options), durationMs: options.duration, batchingWindowSeconds };
    return runBatchingWindow(target, given, display, signal);
  },
};
