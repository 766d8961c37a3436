import type { Settings } from '#functions/contract.ts';
import { MOST_BATCH_RECORDS } from '#model/deployment.ts';
import type { LoadShape } from '../load/generator.ts';
import { noCutOff } from '../run/batch-caller.ts';
import type { Display } from '../run/display.ts';
import { driveLoad } from '../run/drive-load.ts';
import { withinRun } from '../run/isolated-run.ts';
import { startGeneratedLoad } from '../run/load.ts';
import { settingsOf } from '../run-settings.ts';
import type { Target } from '../targets/target.ts';
import { examinePaths } from '../verify/examine-paths.ts';
import { coverPath, judgeOnePath } from '../verify/judge-paths.ts';
import { type BatchingWindowObservations, toLoadSize } from './observations.ts';
import { batchingLoadMs } from './phases/plan-phases.ts';

/** A load, and the batching window of its mapping. */
export type BatchingWindowOptions = LoadShape &
  Settings & {
    batchingWindowSeconds: number;
    /** Least length of the load without its tail, ms. It is longer if a few batches need more time to fill. */
    durationMs: number;
    eventsPerRecord: number;
    shards: number;
    /** Undefined: the largest, or as deployed without a batching window. */
    batchSize: number | undefined;
  };

/**
 * The batching-window experiment: the micro-batch path alone on a live load. It shows freshness against invocations and
 * rows written. Returns null if the signal ended it.
 */
export async function runBatchingWindow(
  target: Target,
  options: BatchingWindowOptions,
  display: Display,
  signal: AbortSignal,
): Promise<BatchingWindowObservations | null> {
  const startedMs = Date.now();
  const { batchingWindowSeconds, shards, latePolicy, seed } = options;
  const settings = settingsOf(options);
  const durationMs = batchingLoadMs({ duration: options.durationMs }, batchingWindowSeconds * 1_000);
  const onStep = display.step;
  return withinRun(target, { shards, settings, onStep, signal }, async (run) => {
    const mapping = await run.attachMapping({ batchingWindowSeconds, ...sizeOf(options) });
    const generated = { ...options, durationMs, eventStartMs: undefined };
    const drive = {
      start: (until: AbortSignal) => startGeneratedLoad(target, run.streamName, generated, until),
      phase: `live run with a batching window of ${batchingWindowSeconds} s`,
      paths: ['microBatch'] as const,
      nextCutOffMs: () => noCutOff,
      chaos: { kills: 0, spanMs: durationMs, seed },
    };
    const { load, sent } = await driveLoad(target, { run, mapping }, drive, display, signal);
    onStep('verifying every row');
    const { oracle } = load;
    const seen = await examinePaths(target, run, ['microBatch'], { oracle, startedMs, signal, onStep });
    const path = seen.microBatch;
    return {
      runId: run.id,
      settings,
      shards,
      startedMs,
      endedMs: Date.now(),
      batchingWindowSeconds,
      mapping,
      load: toLoadSize([sent], oracle.totals().events),
      durationMs: load.durationMs ?? durationMs,
      correctness: judgeOnePath(load, latePolicy, path),
      path,
      coverage: coverPath(load, path),
    };
  });
}

/** A mapping with a batching window gets the largest batch size, so that a full batch does not end the window early. */
function sizeOf({ batchSize, batchingWindowSeconds }: BatchingWindowOptions): { batchSize?: number } {
  if (batchSize !== undefined) return { batchSize };
  return batchingWindowSeconds > 0 ? { batchSize: MOST_BATCH_RECORDS } : {};
}
