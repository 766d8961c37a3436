import { forBothPaths, type Path } from '#functions/contract.ts';
import type { ProducerResult } from '../load/producer.ts';
import type { MappingSettings } from '../run-settings.ts';
import { pause } from '../targets/poll.ts';
import type { Target } from '../targets/target.ts';
import { type CutOffs, playScheduler } from './batch-caller.ts';
import { killAtRandom } from './chaos.ts';
import type { Display, ProgressView } from './display.ts';
import { finishCounting } from './finish-counting.ts';
import type { IsolatedRun } from './isolated-run.ts';
import type { Load } from './load.ts';
import { type PathProgress, readProgress } from './progress.ts';
import { createTimeline, type Kill, type Timeline, type TimelinePoint, toPathPoint } from './timeline.ts';

const PROGRESS_EVERY_MS = 1_000;

/** A load, and everything that happens while it is sent. */
export type Drive = {
  /** Starts the load; the signal ends it. */
  start: (signal: AbortSignal) => Load;
  /** Name that is shown while the load is sent. */
  phase: string;
  /** The paths that count the load. */
  paths: readonly Path[];
  /** Cut-offs of the scheduled batch while the load is sent. */
  nextCutOffMs: (load: Load) => CutOffs;
  /** Number of environments to kill, and the time over which the kills are spread. */
  chaos: { kills: number; spanMs: number; seed: number };
};

export type DrivenLoad = { load: Load; sent: ProducerResult; kills: Kill[]; timeline: readonly TimelinePoint[] };

/**
 * Sends a load, with batches, kills and the display beside it, until the paths have counted everything.
 *
 * @throws the signal's reason once it is aborted; otherwise the first failure
 */
export async function driveLoad(
  target: Target,
  { run, mapping }: { run: IsolatedRun; mapping: MappingSettings },
  { start, phase, paths, nextCutOffMs, chaos }: Drive,
  display: Display,
  signal: AbortSignal,
): Promise<DrivenLoad> {
  const loadEnded = new AbortController();
  const allEnded = new AbortController();
  const failed = new AbortController();
  const unlessFailed = AbortSignal.any([signal, failed.signal]);
  const whileLoading = AbortSignal.any([unlessFailed, loadEnded.signal]);
  const timeline = createTimeline();
  const load = start(unlessFailed);
  const beside = Promise.all([
    playScheduler(target, run.streamName, nextCutOffMs(load), { until: whileLoading, signal }),
    showProgress(target, run, { load, phase, paths, timeline, display }, whileLoading),
    killAtRandom(target, chaos, AbortSignal.any([unlessFailed, allEnded.signal])),
  ]);
  beside.catch((error) => failed.abort(error)); // a failure beside the load ends it
  try {
    const sent = await load.ended;
    loadEnded.abort();
    unlessFailed.throwIfAborted();
    await finishCounting(target, run, {
      receipts: load.receipts,
      paths,
      batchingWindowSeconds: mapping.batchingWindowSeconds,
      onProgress(progress) {
        const driven = ofDriven(paths, progress);
        timeline.add(pointOf(load, driven));
        display.progress(viewOf(load, 'draining the stream', null, driven));
      },
      signal: unlessFailed,
    });
    allEnded.abort();
    const [, , kills] = await beside;
    signal.throwIfAborted();
    return { load, sent, kills, timeline: timeline.points() };
  } finally {
    loadEnded.abort();
    allEnded.abort();
    await beside.catch(() => undefined); // it was thrown above, unless another failure came first
  }
}

type Showing = { load: Load; timeline: Timeline; display: Display };

async function showProgress(
  target: Target,
  run: IsolatedRun,
  { load, phase, paths, timeline, display }: Pick<Drive, 'phase' | 'paths'> & Showing,
  until: AbortSignal,
): Promise<void> {
  let driven: Driven = forBothPaths(() => null);
  while (!until.aborted) {
    const leftMs = load.durationMs === null ? null : load.startMs + load.durationMs - Date.now();
    display.progress(viewOf(load, phase, leftMs, driven));
    await pause(PROGRESS_EVERY_MS, until);
    if (until.aborted) return;
    driven = ofDriven(paths, await readProgress(target, run.id, load.receipts));
    timeline.add(pointOf(load, driven));
  }
}

/** Progress of each path; null before the first answer, and for a path that does not count the load. */
type Driven = Record<Path, PathProgress | null>;

function ofDriven(paths: readonly Path[], progress: Record<Path, PathProgress>): Driven {
  return forBothPaths((path) => (paths.includes(path) ? progress[path] : null));
}

function viewOf({ oracle }: Load, phase: string, leftMs: number | null, driven: Driven): ProgressView {
  return { leftMs, phase, sent: oracle.totals().events, ...driven };
}

function pointOf({ startMs, oracle }: Load, { microBatch, scheduledBatch }: Driven): TimelinePoint {
  return {
    atMs: Date.now() - startMs,
    sent: oracle.totals().events,
    microBatch: microBatch && toPathPoint(microBatch),
    scheduledBatch: scheduledBatch && toPathPoint(scheduledBatch),
  };
}
