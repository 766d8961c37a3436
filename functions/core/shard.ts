import { NO_WATERMARK } from './window.ts';

/** The position up to which a shard has been counted; a row of the checkpoint table in memory. */
export type Checkpoint = {
  /** Sequence number of the last counted record; text, because it has up to 56 digits. Null if none is counted yet. */
  sequenceNumber: string | null;
  /** Epoch ms; NO_WATERMARK before the first counted event. */
  watermarkMs: number;
};

/** Progress of one batch on one shard. Its commit succeeds only while the shard's checkpoint is still at `from`. */
export type ShardProgress = {
  shardId: string;
  from: Checkpoint;
  /** Sequence number of the first record of this batch; null if it has read none. */
  first: string | null;
  /** The last record read and the watermark after it. It lies behind `from` if the batch fills a gap. */
  reached: Checkpoint;
  /**
   * Time before the cut-off in which the shard is proven to have received nothing, ms. 0: nothing is proven. Null: it has
   * received nothing since its last record, which an earlier batch counted.
   */
  silentMs: number | null;
  /** Whether the shard is closed and counted to its end, so that the path no longer waits for it. */
  drained: boolean;
};

export const UNREAD: Checkpoint = { sequenceNumber: null, watermarkMs: NO_WATERMARK };

export function startShard(shardId: string, from: Checkpoint): ShardProgress {
  return { shardId, from, first: null, reached: { ...from }, silentMs: 0, drained: false };
}

/**
 * The watermark with which a shard begins after a split or a merge: the least of its parents' last ones. So it is judged in the
 * order of the stream, in which the parents' records come first.
 */
export function inheritedWatermarkMs(parents: readonly Checkpoint[]): number {
  return parents.length === 0 ? NO_WATERMARK : Math.min(...parents.map(({ watermarkMs }) => watermarkMs));
}

/**
 * Starts to fill a gap at or below a checkpoint. Its events are late by the watermark that was valid before the gap.
 */
export function startGap(shardId: string, from: Checkpoint, watermarkMs: number): ShardProgress {
  return { ...startShard(shardId, from), reached: { sequenceNumber: from.sequenceNumber, watermarkMs } };
}

/**
 * The shard's checkpoint after a batch: the last record read, or the unchanged checkpoint if the batch filled a gap.
 * The watermark stays too, because environments trust their cached one as long as the sequence number is the same.
 */
export function checkpointAfter({ from, reached }: ShardProgress): Checkpoint {
  return reached.sequenceNumber !== null && isCounted(reached.sequenceNumber, from) ? from : reached;
}

/** Whether a record lies at or below the checkpoint. Sequence numbers have up to 56 digits, so BigInt compares them. */
export function isCounted(sequenceNumber: string, checkpoint: Checkpoint): boolean {
  return checkpoint.sequenceNumber !== null && BigInt(sequenceNumber) <= BigInt(checkpoint.sequenceNumber);
}
