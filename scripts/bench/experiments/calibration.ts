import { BOTH_PATHS, type LedgerRow, type Settings } from '#functions/contract.ts';
import { MOST_BATCH_RECORDS } from '#model/deployment.ts';
import { generateLoad, type LoadShape } from '../load/generator.ts';
import type { ProducerResult } from '../load/producer.ts';
import type { Display } from '../run/display.ts';
import { withinRun } from '../run/isolated-run.ts';
import { openAccount, sendPastLoad } from '../run/load.ts';
import { settingsOf } from '../run-settings.ts';
import type { Target } from '../targets/target.ts';
import { examinePaths } from '../verify/examine-paths.ts';
import { judgePaths } from '../verify/judge-paths.ts';
import { initsOf } from '../verify/platform-reports.ts';
import { type CalibrationObservations, toLoadSize } from './observations.ts';
import { CALIBRATION_BATCH_SIZE, CALIBRATION_WINDOW_MS, type Chunk, planChunks } from './phases/calibration-chunks.ts';
import { catchUp, countByBatch, countByMicroBatch, type SinglePathRun } from './single-path.ts';

/** The load's keys and shares, how it is counted, and the stream. The calibration sets rate and window itself. */
export type CalibrationOptions = Omit<LoadShape, 'rate'> & Omit<Settings, 'windowMs'> & { shards: number };

/**
 * The calibration: invocations of each path alone, which the model is fitted to. Batches of many sizes and packings come
 * first, then the micro-batch path on the same records, few at a time. Then each path counts large chunks. Returns null if
 * the signal ended it.
 */
export async function runCalibration(
  target: Target,
  options: CalibrationOptions,
  display: Display,
  signal: AbortSignal,
): Promise<CalibrationObservations | null> {
  const startedMs = Date.now();
  const { shards, latePolicy, seed, hosts } = options;
  const windowMs = CALIBRATION_WINDOW_MS;
  const settings = settingsOf({ ...options, windowMs });
  const onStep = display.step;
  return withinRun(target, { shards, settings, onStep, signal }, async (run) => {
    const account = openAccount(windowMs);
    const { oracle } = account;
    const alone: SinglePathRun = { target, run, account, display, signal };
    const { warmUp, measured, large } = planChunks({ seed, hosts });
    const chunks = [...warmUp, ...measured];
    const firstWindowMs = Math.floor(startedMs / windowMs) * windowMs - (chunks.length + large.length) * windowMs;
    const sent: ProducerResult[] = [];
    const send = async (chunk: Chunk): Promise<void> => {
      const its = { startMs: firstWindowMs + chunk.startMs, seed: seed + sent.length };
      sent.push(await sendChunk(alone, options, chunk, its));
    };
    let warmUpEnds = new Map<string, bigint>();
    for (const [at, chunk] of chunks.entries()) {
      onStep(`calibrating the scheduled batch, ${at + 1} of ${chunks.length}`);
      await send(chunk);
      await countByBatch(alone);
      if (at === warmUp.length - 1) warmUpEnds = account.receipts.lastSequenceNumbers();
    }
    const { mapping } = await catchUp(alone, CALIBRATION_BATCH_SIZE);
    await run.resizeBatches(MOST_BATCH_RECORDS);
    for (const [at, chunk] of large.entries()) {
      onStep(`calibrating with large batches, ${at + 1} of ${large.length}`);
      await send(chunk);
      await countByMicroBatch(alone);
      await countByBatch(alone);
    }

    onStep('verifying every row of both paths');
    const paths = await examinePaths(target, run, BOTH_PATHS, { oracle, startedMs, signal, onStep });
    return {
      runId: run.id,
      settings,
      shards,
      startedMs,
      endedMs: Date.now(),
      load: toLoadSize(sent, oracle.totals().events),
      correctness: judgePaths(account, latePolicy, paths),
      mapping,
      ledger: {
        microBatch: afterWarmUp(paths.microBatch.ledger, warmUpEnds),
        scheduledBatch: afterWarmUp(paths.scheduledBatch.ledger, warmUpEnds),
      },
      initsMs: {
        microBatch: initsOf(paths.microBatch.platform.reports),
        scheduledBatch: initsOf(paths.scheduledBatch.platform.reports),
      },
    };
  });
}

function sendChunk(
  { target, run, account, signal }: SinglePathRun,
  options: CalibrationOptions,
  { events, eventsPerRecord, hosts, durationMs }: Chunk,
  { startMs, seed }: { startMs: number; seed: number },
): Promise<ProducerResult> {
  const { boundMs } = options;
  const rate = (events * 1_000) / durationMs;
  const times = { startMs, durationMs, windowMs: CALIBRATION_WINDOW_MS, boundMs };
  const lines = generateLoad({ ...options, rate, hosts, seed }, times);
  const packing = { eventsPerRecord, mixKeys: true, lingerMs: durationMs };
  return sendPastLoad(target, run.streamName, account, { lines, startMs, packing }, signal);
}

/**
 * Returns the invocations that counted no record of the warm-up.
 *
 * @param warmUpEnds last sequence number of the warm-up per shard
 */
export function afterWarmUp(ledger: readonly LedgerRow[], warmUpEnds: ReadonlyMap<string, bigint>): LedgerRow[] {
  return ledger.filter(({ shards }) =>
    shards.every(({ shardId, first }) => first === null || BigInt(first) > (warmUpEnds.get(shardId) ?? -1n)),
  );
}
