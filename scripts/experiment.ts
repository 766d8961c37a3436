import type { Path, Settings } from '../functions/contract.ts';
import type { ProducerResult } from './load/producer.ts';
import type { Display } from './observe/display.ts';
import type { BenchmarkOptions } from './options/benchmark-options.ts';
import type { Kill } from './run/chaos.ts';
import { driveLoad } from './run/drive-load.ts';
import { createRun, type IsolatedRun } from './run/isolated-run.ts';
import type { Load } from './run/load.ts';
import type { Target } from './targets/target.ts';
import { examinePaths, type PathObservations } from './verify/examine-paths.ts';

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
  display.step('preparing a stream and schemas for the run');
  const startedMs = Date.now();
  const settings = settingsOf(options);
  const run = await createRun(target, { shards: options.shards, settings, mapping: mappingOf(options) });
  let observations: Observations | null;
  try {
    const driven = await driveLoad(target, run, options, display, signal);
    if (driven !== null) display.step('verifying every row of both paths');
    observations = driven && {
      run,
      settings,
      ...driven,
      startedMs,
      paths: await examinePaths(target, run, driven.load.oracle, startedMs),
      endedMs: Date.now(),
    };
  } catch (error) {
    await run.remove({ keepSchemas: false }).catch((left: Error) => {
      throw new Error(`${(error as Error).message}; and the run was not removed: ${left.message}`, { cause: error });
    });
    throw error;
  }
  await run.remove({ keepSchemas: options.keep && observations !== null });
  return observations;
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
