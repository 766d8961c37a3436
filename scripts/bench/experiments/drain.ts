import { BOTH_PATHS, type Settings } from '#functions/contract.ts';
import { generateLoad, type LoadShape } from '../load/generator.ts';
import type { ProducerResult } from '../load/producer.ts';
import type { Display } from '../run/display.ts';
import type { BatchCalls } from '../run/finish-counting.ts';
import { withinRun } from '../run/isolated-run.ts';
import { openAccount, sendPastLoad } from '../run/load.ts';
import { settingsOf } from '../run-settings.ts';
import type { Target } from '../targets/target.ts';
import { sentTables } from '../verify/compare-tables.ts';
import { examinePaths, type PathRecords, readPath } from '../verify/examine-paths.ts';
import { judgeOnePath, judgePaths } from '../verify/judge-paths.ts';
import { initsOf } from '../verify/platform-reports.ts';
import { toBatchMeasurement, toCatchUp } from './drain-measurements.ts';
import { type DrainObservations, toLoadSize } from './observations.ts';
import { DRAIN_EVENTS_PER_RECORD } from './phases/plan-phases.ts';
import { catchUp, countByBatch, endIdleBatches, type SinglePathRun } from './single-path.ts';

/** The load of one window, and how it is counted. The settings hold the window's size. */
export type DrainOptions = LoadShape &
  Settings & {
    shards: number;
    /** Batch size of the catch-up's mapping; undefined: as deployed. */
    batchSize: number | undefined;
  };

const LONGEST_LINGER_MS = 1_000;
const SHOWN_EVERY_MS = 500;

/**
 * The drain experiment: each path alone counts one window's whole load. This is the real batch for a real window, without
 * the wait for the window. Returns null if the signal ended it.
 */
export async function runDrain(
  target: Target,
  options: DrainOptions,
  display: Display,
  signal: AbortSignal,
): Promise<DrainObservations | null> {
  const startedMs = Date.now();
  const { shards, windowMs, latePolicy } = options;
  const settings = settingsOf(options);
  const onStep = display.step;
  return withinRun(target, { shards, settings, onStep, signal }, async (run) => {
    const account = openAccount(windowMs);
    const alone: SinglePathRun = { target, run, account, display, signal };
    const { sent, sendMs } = await sendWindow(alone, options);
    const { first, warm } = await countTwice(alone);
    const { askedMs, mapping } = await catchUp(alone, options.batchSize);

    onStep('verifying every row of both paths');
    const { oracle } = account;
    const paths = await examinePaths(target, run, BOTH_PATHS, { oracle, startedMs, signal, onStep });
    const { microBatch, scheduledBatch } = paths;
    const { reports } = scheduledBatch.platform; // of both batches, because reports are found by the stream
    const correctness = judgePaths(account, latePolicy, paths);
    const coldCorrectness = judgeOnePath(account, latePolicy, first.records);
    const firstBatch = toBatchMeasurement(first.calls, first.records.ledger, reports);
    return {
      runId: run.id,
      settings,
      shards,
      startedMs,
      endedMs: Date.now(),
      windowMs,
      load: toLoadSize([sent], oracle.totals().events),
      eventsPerRecord: DRAIN_EVENTS_PER_RECORD,
      oracleTotals: oracle.totals(),
      sendMs,
      exact: correctness.exact && coldCorrectness.exact,
      correctness,
      coldCorrectness,
      cold: firstBatch.cold ? firstBatch : null,
      warm: toBatchMeasurement(warm, scheduledBatch.ledger, reports),
      catchUp: toCatchUp(microBatch.ledger, microBatch.platform, askedMs),
      mapping,
      totals: { microBatch: microBatch.totals, scheduledBatch: scheduledBatch.totals },
      ledger: {
        microBatch: microBatch.ledger,
        scheduledBatch: [...first.records.ledger, ...scheduledBatch.ledger],
      },
      initsMs: { microBatch: initsOf(microBatch.platform.reports), scheduledBatch: initsOf(reports) },
    };
  });
}

/** Sends the events that a batch for the window would find: from window start + lag to window end + lag. */
async function sendWindow(
  { target, run, account, display, signal }: SinglePathRun,
  options: DrainOptions,
): Promise<{ sent: ProducerResult; sendMs: number }> {
  const { windowMs, boundMs, partitionBy, rate } = options;
  const { startMs } = pastWindow(options, Date.now());
  // Records of one host wait for lines of that host. Events are out of order by the rest of the bound only, because late
  // events would change the window's load.
  const lingerMs = partitionBy === 'random' ? 0 : Math.min(LONGEST_LINGER_MS, boundMs);
  const outOfOrderBy = Math.min(options.outOfOrderBy ?? boundMs, boundMs - lingerMs);
  const lines = generateLoad({ ...options, outOfOrderBy }, { startMs, durationMs: windowMs, windowMs, boundMs });
  const phase = `sending ${Math.round((rate * windowMs) / 1_000).toLocaleString('en-US')} events`;
  const mixed = { mixKeys: true, lingerMs: windowMs };
  const packing = { eventsPerRecord: DRAIN_EVENTS_PER_RECORD, ...(partitionBy === 'random' ? mixed : { lingerMs }) };
  let shownMs = 0;
  const onSent = (): void => {
    if (Date.now() < shownMs + SHOWN_EVERY_MS) return; // thousands of records a second
    shownMs = Date.now();
    const sent = account.oracle.totals().events;
    display.progress({ leftMs: null, phase, sent, microBatch: null, scheduledBatch: null });
  };
  const fromMs = performance.now();
  const sent = await sendPastLoad(target, run.streamName, account, { lines, startMs, packing, onSent }, signal);
  return { sent, sendMs: performance.now() - fromMs };
}

/** Counts the window with a batch (cold if the target allows it), verifies it, empties the tables, and counts it again. */
async function countTwice(
  alone: SinglePathRun,
): Promise<{ first: { calls: BatchCalls; records: PathRecords }; warm: BatchCalls }> {
  const { target, run, account, display, signal } = alone;
  endIdleBatches(target);
  display.step('counting the window with the scheduled batch, cold');
  const calls = await countByBatch(alone);
  display.step('verifying every row of it');
  const tables = sentTables(account.oracle);
  const records = await readPath(target, run, 'scheduledBatch', { tables, signal });
  await run.reset();
  display.step('counting the window with the scheduled batch, warm');
  return { first: { calls, records }, warm: await countByBatch(alone) };
}

/**
 * Returns the span of the events that the batch for a window reads, if they arrive without delay: from the window's start
 * + lag to its end + lag, with lag = bound + margin. The window is the last one whose span is over.
 *
 * @returns start and end of the span, epoch ms
 */
export function pastWindow(
  { windowMs, boundMs, marginMs }: Pick<Settings, 'windowMs' | 'boundMs' | 'marginMs'>,
  nowMs: number,
): { startMs: number; endMs: number } {
  const lagMs = boundMs + marginMs;
  const windowEndMs = Math.floor((nowMs - lagMs) / windowMs) * windowMs;
  return { startMs: windowEndMs - windowMs + lagMs, endMs: windowEndMs + lagMs };
}
