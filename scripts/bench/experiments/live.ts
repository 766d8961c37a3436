import { BOTH_PATHS, type Settings } from '#functions/contract.ts';
import type { BenchmarkOptions } from '../benchmark-options.ts';
import { dueWindows, noCutOff, passingWindows } from '../run/batch-caller.ts';
import type { Display } from '../run/display.ts';
import { type Drive, driveLoad } from '../run/drive-load.ts';
import { type IsolatedRun, withinRun } from '../run/isolated-run.ts';
import { startGeneratedLoad, startReplay } from '../run/load.ts';
import { liveSettings } from '../run-settings.ts';
import type { Target } from '../targets/target.ts';
import { examinePaths } from '../verify/examine-paths.ts';
import type { Observations } from './observations.ts';

/**
 * The live experiment, or the replay of a log: both paths count one load at the same time. The run's stream and schemas are
 * removed afterwards, except kept schemas. Returns null if the signal ended it.
 */
export async function runLive(
  target: Target,
  options: BenchmarkOptions,
  display: Display,
  signal: AbortSignal,
): Promise<Observations | null> {
  const startedMs = Date.now();
  const settings = liveSettings(options);
  const { shards, keep } = options;
  const onStep = display.step;
  return withinRun(target, { shards, settings, onStep, signal, keepSchemas: keep }, async (made) => {
    const mapping = await made.attachMapping(mappingOf(options));
    const drive = driveOf(target, made, options, settings);
    const driven = await driveLoad(target, { run: made, mapping }, drive, display, signal);
    onStep('verifying every row of both paths');
    const { oracle } = driven.load;
    const paths = await examinePaths(target, made, BOTH_PATHS, { oracle, startedMs, signal, onStep });
    const { id, streamName, schemas } = made;
    const run = { id, streamName, schemas, mapping };
    return { run, settings, ...driven, startedMs, paths, endedMs: Date.now() };
  });
}

/** Time over which the kills of a replay are spread, ms: short, because a replay may end at once. */
const REPLAY_CHAOS_SPAN_MS = 3_000;

function driveOf(target: Target, { streamName }: IsolatedRun, options: BenchmarkOptions, settings: Settings): Drive {
  const { input, seed, speed, window: windowMs, bound: boundMs, duration: durationMs } = options;
  const { kills } = options.chaos;
  if (input !== undefined) {
    return {
      start: (signal) => startReplay(target, streamName, { ...options, input }, signal),
      phase: 'replaying the log',
      paths: BOTH_PATHS,
      nextCutOffMs: ({ startMs }) => (speed === 'max' ? noCutOff : passingWindows(startMs, windowMs, speed)),
      chaos: { kills, seed, spanMs: REPLAY_CHAOS_SPAN_MS },
    };
  }
  const load = { ...options, windowMs, boundMs, durationMs, eventStartMs: options.eventStart };
  return {
    start: (signal) => startGeneratedLoad(target, streamName, load, signal),
    phase: 'live run',
    paths: BOTH_PATHS,
    nextCutOffMs: () => dueWindows(settings),
    chaos: { kills, seed, spanMs: durationMs },
  };
}

function mappingOf({ batchSize, batchingWindow }: BenchmarkOptions) {
  return {
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(batchingWindow === undefined ? {} : { batchingWindowSeconds: batchingWindow / 1000 }),
  };
}
