import { forBothPaths, type Path, type Progress } from '#functions/contract.ts';
import type { Receipts } from '../load/receipts.ts';
import { askResults } from '../targets/results.ts';
import type { Target } from '../targets/target.ts';

/** A path's progress through the records that were sent. */
export type PathProgress = {
  events: number;
  /** Events per shard that were sent and are not counted yet. */
  lag: Map<string, number>;
  /** Lines up to the checkpoints, counted or quarantined. */
  linesReached: number;
  /** True if every checkpoint has reached the last record that was sent. */
  drained: boolean;
};

export async function readProgress(
  target: Target,
  run: string,
  receipts: Receipts,
): Promise<Record<Path, PathProgress>> {
  const progress = await askResults(target, 'progress', { run });
  return forBothPaths((path) => progressOf(progress[path], receipts));
}

export function progressOf({ checkpoints, events }: Progress, receipts: Receipts): PathProgress {
  const lag = new Map<string, number>();
  let drained = true;
  let linesReached = 0;
  for (const [shardId, last] of receipts.lastSequenceNumbers()) {
    const text = checkpoints[shardId] ?? null;
    const checkpoint = text === null ? null : BigInt(text);
    const reached = receipts.sentUpTo(shardId, checkpoint);
    linesReached += reached.lines;
    lag.set(shardId, receipts.sentUpTo(shardId, last).events - reached.events);
    drained &&= checkpoint !== null && checkpoint >= last;
  }
  return { events, lag, linesReached, drained };
}
