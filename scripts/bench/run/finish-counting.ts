import type { Path } from '#functions/contract.ts';
import type { Receipts } from '../load/receipts.ts';
import { pause } from '../targets/poll.ts';
import type { Target, TargetName } from '../targets/target.ts';
import { runBatch } from './batch-caller.ts';
import type { IsolatedRun } from './isolated-run.ts';
import { type PathProgress, readProgress } from './progress.ts';

const POLL_MS = 300;
/**
 * Time without progress after which a path is given up, ms; the verification then says what is missing. On AWS a new mapping
 * may need several minutes before it starts; emulators fetch a runtime's image first.
 */
const PATIENCE_MS: Record<TargetName, number> = { embedded: 60_000, localstack: 180_000, aws: 300_000 };

export type Finishing = {
  /** The records that were sent. */
  receipts: Receipts;
  paths: readonly Path[];
  /** Time for which the mapping may hold records back, s. */
  batchingWindowSeconds: number;
  onProgress?: (progress: Record<Path, PathProgress>) => void;
  signal: AbortSignal;
};

/** Calls of the scheduled batch, one after the other: their number and their total time, ms. */
export type BatchCalls = { invocations: number; durationMs: number };

/**
 * Brings paths to the last record that was sent. It waits for the micro-batch path, whose mapping works on, and it runs the
 * scheduled batch. It gives up without an error once there is no more progress.
 *
 * @throws the signal's reason once it is aborted
 */
export async function finishCounting(
  target: Target,
  { id, streamName }: Pick<IsolatedRun, 'id' | 'streamName'>,
  { receipts, paths, batchingWindowSeconds, onProgress, signal }: Finishing,
): Promise<BatchCalls> {
  const patienceMs = PATIENCE_MS[target.place.name] + batchingWindowSeconds * 1_000;
  const calls: BatchCalls = { invocations: 0, durationMs: 0 };
  const callBatch = async (): Promise<void> => {
    const fromMs = performance.now();
    const { invocations } = await runBatch(target, streamName, Date.now() + 1, signal);
    calls.invocations += invocations;
    calls.durationMs += performance.now() - fromMs;
  };
  if (paths.includes('scheduledBatch')) await callBatch();
  let lastLines = -1;
  let movedMs = Date.now();
  for (;;) {
    signal.throwIfAborted();
    const progress = await readProgress(target, id, receipts);
    onProgress?.(progress);
    const behind = paths.filter((path) => !progress[path].drained);
    if (behind.length === 0) return calls;
    const lines = paths.reduce((sum, path) => sum + progress[path].linesReached, 0);
    if (lines !== lastLines) movedMs = Date.now();
    if (Date.now() - movedMs > patienceMs) return calls;
    lastLines = lines;
    if (behind.includes('scheduledBatch')) await callBatch();
    await pause(POLL_MS, signal);
  }
}
