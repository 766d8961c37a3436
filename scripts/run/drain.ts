import { type PathProgress, readProgress } from '../observe/progress.ts';
import type { Target, TargetName } from '../targets/target.ts';
import { runBatch } from './batch-caller.ts';
import type { IsolatedRun } from './isolated-run.ts';
import type { Load } from './load.ts';

const POLL_MS = 300;
/**
 * A path that has not moved for so long won't: the verification then says what is missing. AWS says that a new mapping may
 * take several minutes to begin; emulators fetch a runtime's image first.
 */
const PATIENCE_MS: Record<TargetName, number> = { embedded: 60_000, localstack: 180_000, aws: 300_000 };

/** Brings both paths to the last record that was sent: the mapping by waiting, the batch by one more run. */
export async function drain(
  target: Target,
  run: IsolatedRun,
  load: Load,
  onProgress: (microBatch: PathProgress, scheduledBatch: PathProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  await runBatch(target, run.streamName, Date.now() + 1, signal);
  let lastLines = -1;
  let movedMs = Date.now();
  while (!signal.aborted) {
    const progress = await readProgress(target, run.id, load.receipts);
    onProgress(progress.micro_batch, progress.scheduled_batch);
    if (progress.micro_batch.drained && progress.scheduled_batch.drained) return;
    if (!progress.scheduled_batch.drained) await runBatch(target, run.streamName, Date.now() + 1, signal);
    const lines = progress.micro_batch.linesReached + progress.scheduled_batch.linesReached;
    if (lines !== lastLines) movedMs = Date.now();
    if (Date.now() - movedMs > PATIENCE_MS[target.place.name]) return;
    lastLines = lines;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
