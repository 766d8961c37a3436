import type { Path } from '#functions/contract.ts';
import type { Receipts } from '../load/receipts.ts';
import { pause } from '../targets/poll.ts';
import type { Target, TargetName } from '../targets/target.ts';
import { runBatch } from './batch-caller.ts';
import type { IsolatedRun } from './isolated-run.ts';
import { type PathProgress, readProgress } from './progress.ts';

const POLL_MS = 300;
/**
 * A path that has not moved for so long won't: the verification then says what is missing. AWS says that a new mapping may
 * take several minutes to begin; emulators fetch a runtime's image first.
 */
const PATIENCE_MS: Record<TargetName, number> = { embedded: 60_000, localstack: 180_000, aws: 300_000 };

export type Finishing = {
  /** What was sent. */
  receipts: Receipts;
  paths: readonly Path[];
  /** For how long the mapping may hold records back, s. */
  batchingWindowSeconds: number;
  onProgress?: (progress: Record<Path, PathProgress>) => void;
  signal: AbortSignal;
};

/** What the scheduled batch took of it: calls that went one after the other, and the time that they took together, ms. */
export type BatchCalls = { invocations: number; durationMs: number };

/**
 * Brings paths to the last record that was sent: the micro-batch path by waiting for its mapping, the scheduled batch by
 * running it. Gives up, without an error, where nothing moves any more.
 *
 * @throws the signal's reason once that has come
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
  if (paths.includes('scheduled_batch')) await callBatch();
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
    if (behind.includes('scheduled_batch')) await callBatch();
    await pause(POLL_MS, signal);
  }
}
