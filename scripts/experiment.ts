import type { LedgerRow, Path, QuarantineRow, Settings, Totals } from '../functions/contract.ts';
import type { ProducerResult } from './load/producer.ts';
import type { Display } from './observe/display.ts';
import { type PlatformReport, readPlatformReports } from './observe/platform-reports.ts';
import { type PathProgress, readProgress } from './observe/progress.ts';
import type { BenchmarkOptions } from './options/benchmark-options.ts';
import { playScheduler } from './run/batch-caller.ts';
import { type Kill, killAtRandom } from './run/chaos.ts';
import { drain } from './run/drain.ts';
import { createRun, type IsolatedRun } from './run/isolated-run.ts';
import { type Load, startLoad } from './run/load.ts';
import { askResults, readLedger } from './run/results.ts';
import type { Target } from './targets/target.ts';
import { comparePath, type PathComparison, sentTables } from './verify/compare-tables.ts';

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

export type PathObservations = {
  totals: Totals;
  comparison: PathComparison;
  ledger: LedgerRow[];
  reports: PlatformReport[];
  quarantine: QuarantineRow[];
};

const PROGRESS_EVERY_MS = 1_000;
const QUARANTINE_EXAMPLES = 20;

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
  let keepSchemas = false;
  try {
    const observed = await observe(target, run, options, display, signal);
    if (observed === null) return null;
    keepSchemas = options.keep;
    display.step('verifying every row of both paths');
    const tables = sentTables(observed.load.oracle);
    const look = async (path: Path, functionName: string): Promise<PathObservations> => ({
      totals: (await askResults(target, 'verify', { run: run.id }))[path],
      comparison: await comparePath(target, run.id, path, tables),
      ledger: await readLedger(target, run.id, path),
      reports: await readPlatformReports(target.logs, functionName, run.streamName, startedMs),
      quarantine: (await askResults(target, 'quarantine', { run: run.id, path, limit: QUARANTINE_EXAMPLES })).lines,
    });
    const paths = {
      micro_batch: await look('micro_batch', target.outputs.microBatchFunction),
      scheduled_batch: await look('scheduled_batch', target.outputs.scheduledBatchFunction),
    };
    return { run, settings, ...observed, startedMs, endedMs: Date.now(), paths };
  } finally {
    await run.remove({ keepSchemas });
  }
}

/** The load with everything that goes on beside it, until both paths have counted it all. */
async function observe(
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
    showProgress(target, run, load, display, AbortSignal.any([whileLoading])),
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
