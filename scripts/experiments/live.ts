import type { Path, Settings } from '../../functions/contract.ts';
import type { ProducerResult } from '../load/producer.ts';
import type { Display } from '../observe/display.ts';
import type { BenchmarkOptions } from '../options/benchmark-options.ts';
import type { Kill } from '../run/chaos.ts';
import { driveLoad } from '../run/drive-load.ts';
import { createRun, type IsolatedRun } from '../run/isolated-run.ts';
import type { Load } from '../run/load.ts';
import type { Target } from '../targets/target.ts';
import { examinePaths, type PathObservations } from '../verify/examine-paths.ts';

/** Everything that was seen of a run; the report says what it means. */
export type Observations = {
  run: Pick<IsolatedRun, 'id' | 'streamName' | 'schemas' | 'mapping'>;
  settings: Settings;
  load: Load;
  sent: ProducerResult;
  kills: Kill[];
  startedMs: number;
  endedMs: number;
  paths: Record<Path, PathObservations>;
};

/**
 * The live experiment, or the replay of a log: one load, both paths at once, on a stream and in schemas of the run's own,
 * which are gone afterwards unless they are kept. Null where the signal ended it early.
 */
export async function runExperiment(
  target: Target,
  options: BenchmarkOptions,
  display: Display,
  signal: AbortSignal,
): Promise<Observations | null> {
  const startedMs = Date.now();
  const settings = settingsOf(options);
  const made = createRun(target, {
    shards: options.shards,
    settings,
    mapping: mappingOf(options),
    onStep: display.step,
    signal,
  });
  const run = await unlessAborted(made, signal);
  if (run === null) return null;

  const observe = async (): Promise<Observations | null> => {
    const driven = await driveLoad(target, run, options, display, signal);
    if (driven === null) return null;
    display.step('verifying every row of both paths');
    const examination = { oracle: driven.load.oracle, startedMs, signal, onStep: display.step };
    const paths = await examinePaths(target, run, examination);
    return { run, settings, ...driven, startedMs, paths, endedMs: Date.now() };
  };
  let observations: Observations | null;
  try {
    observations = await unlessAborted(observe(), signal);
  } catch (error) {
    display.step(REMOVING);
    await run.remove({ keepSchemas: false }).catch((left: Error) => {
      throw new Error(`${(error as Error).message}; and the run was not removed: ${left.message}`, { cause: error });
    });
    throw error;
  }
  display.step(REMOVING);
  await run.remove({ keepSchemas: options.keep && observations !== null });
  return observations;
}

const REMOVING = "removing the run's stream, mapping and tables";

/** Null where work ended since the signal had come. */
async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted && error === signal.reason) return null;
    throw error;
  }
}

function settingsOf(options: BenchmarkOptions): Settings {
  return {
    windowMs: options.window,
    boundMs: options.bound,
    marginMs: options.margin,
    maxFutureSkewMs: options.maxFutureSkew,
    idleTimeoutMs: options.idleTimeout,
    latePolicy: options.late,
  };
}

function mappingOf({ batchSize, batchingWindow }: BenchmarkOptions) {
  return {
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(batchingWindow === undefined ? {} : { batchingWindowSeconds: batchingWindow / 1000 }),
  };
}
