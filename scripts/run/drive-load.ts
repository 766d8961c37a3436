import type { Path } from '../../functions/contract.ts';
import type { ProducerResult } from '../load/producer.ts';
import type { Display } from '../observe/display.ts';
import { type PathProgress, readProgress } from '../observe/progress.ts';
import type { BenchmarkOptions } from '../options/benchmark-options.ts';
import type { Target } from '../targets/target.ts';
import { playScheduler } from './batch-caller.ts';
import { type Kill, killAtRandom } from './chaos.ts';
import { drain } from './drain.ts';
import type { IsolatedRun } from './isolated-run.ts';
import { type Load, startLoad } from './load.ts';

const PROGRESS_EVERY_MS = 1_000;

/** The load with everything that goes on beside it, until both paths have counted it all. */
export async function driveLoad(
  target: Target,
  run: IsolatedRun,
  options: BenchmarkOptions,
  display: Display,
  signal: AbortSignal,
): Promise<{ load: Load; sent: ProducerResult; kills: Kill[] } | null> {
  const loadEnded = new AbortController();
  const failed = new AbortController();
  const whileLoading = AbortSignal.any([signal, loadEnded.signal, failed.signal]);
  const untilDrained = new AbortController();
  const load = startLoad(target, run.streamName, options, AbortSignal.any([signal, failed.signal]));
  const beside = Promise.all([
    playScheduler(target, run.streamName, nextCutOff(options, load), whileLoading),
    showProgress(target, run, load, display, whileLoading),
    killAtRandom(
      target,
      {
        kills: options.chaos.kills,
        spanMs: options.input === undefined ? options.duration : 3_000,
        seed: options.seed,
      },
      AbortSignal.any([signal, failed.signal, untilDrained.signal]),
    ),
  ]);
  beside.catch(() => failed.abort()); // ends the load; the failure itself is thrown below
  try {
    const sent = await load.ended;
    loadEnded.abort();
    if (signal.aborted) return null;
    if (!failed.signal.aborted) {
      await drain(
        target,
        run,
        load,
        (microBatch, scheduledBatch) => {
          const phase = 'draining what was sent';
          display.progress({ leftMs: null, phase, sent: load.oracle.totals().events, microBatch, scheduledBatch });
        },
        AbortSignal.any([signal, failed.signal]),
      );
    }
    untilDrained.abort();
    const [, , kills] = await beside;
    return signal.aborted ? null : { load, sent, kills };
  } finally {
    loadEnded.abort();
    untilDrained.abort();
    await beside.catch(() => undefined); // thrown above, unless something else failed first
  }
}

async function showProgress(
  target: Target,
  run: IsolatedRun,
  load: Load,
  display: Display,
  signal: AbortSignal,
): Promise<void> {
  let paths: Record<Path, PathProgress> | null = null;
  while (!signal.aborted) {
    display.progress({
      leftMs: load.durationMs === null ? null : load.startMs + load.durationMs - Date.now(),
      phase: load.replay === null ? 'live run' : 'replaying the log',
      sent: load.oracle.totals().events,
      microBatch: paths?.micro_batch ?? null,
      scheduledBatch: paths?.scheduled_batch ?? null,
    });
    await new Promise((resolve) => setTimeout(resolve, PROGRESS_EVERY_MS));
    if (!signal.aborted) paths = await readProgress(target, run.id, load.receipts);
  }
}

/**
 * When the batch would run. Live: at every window's end + bound + margin. A paced replay: as often as a window of the log
 * passes, though no more than once a second. As fast as possible: only once, when all has been sent.
 */
function nextCutOff(options: BenchmarkOptions, load: Load): (afterMs: number) => number {
  const { window: windowMs, bound, margin, speed } = options;
  if (options.input === undefined) {
    return (afterMs) => (Math.floor((afterMs - bound - margin) / windowMs) + 1) * windowMs + bound + margin;
  }
  if (speed === 'max') return () => Number.POSITIVE_INFINITY;
  const everyMs = Math.max(1_000, windowMs / speed);
  return (afterMs) => load.startMs + (Math.floor((afterMs - load.startMs) / everyMs) + 1) * everyMs;
}
