import { NO_WATERMARK } from './window.ts';

/** Up to where a shard has been counted; the row of the checkpoint table, in memory. */
export type Checkpoint = {
  /** The last record counted, as Kinesis writes it: up to 56 digits, so text, never a number. Null: none yet. */
  sequenceNumber: string | null;
  /** Epoch ms; NO_WATERMARK before the first counted event. */
  watermarkMs: number;
};

/** How far one batch has come on one shard, and where the shard's checkpoint must stand for it to be counted. */
export type ShardProgress = {
  shardId: string;
  from: Checkpoint;
  /** First record that this batch read, null while it has read none. */
  first: string | null;
  /** The last record read, and the watermark behind it; behind `from` where a batch fills a gap that was left. */
  reached: Checkpoint;
  /** Whether the shard keeps the path's watermark from passing its own. */
  holdsBack: boolean;
};

export const UNREAD: Checkpoint = { sequenceNumber: null, watermarkMs: NO_WATERMARK };

export function startShard(shardId: string, from: Checkpoint): ShardProgress {
  return { shardId, from, first: null, reached: { ...from }, holdsBack: true };
}

/** A gap that lies at or below a checkpoint, about to be filled: late is judged by the watermark that stood before it. */
export function startGap(shardId: string, from: Checkpoint, watermarkMs: number): ShardProgress {
  return { ...startShard(shardId, from), reached: { sequenceNumber: from.sequenceNumber, watermarkMs } };
}

/**
 * Where a batch leaves its shard's checkpoint: where it came to, or, having filled a gap, exactly where it stood. Not even
 * the watermark moves then: environments trust the one that they remember as long as the sequence number is the same.
 */
export function checkpointAfter({ from, reached }: ShardProgress): Checkpoint {
  return reached.sequenceNumber !== null && isCounted(reached.sequenceNumber, from) ? from : reached;
}

/** Whether a record lies at or below the checkpoint, so that it has been counted. Numbers of up to 56 digits: BigInt. */
export function isCounted(sequenceNumber: string, checkpoint: Checkpoint): boolean {
  return checkpoint.sequenceNumber !== null && BigInt(sequenceNumber) <= BigInt(checkpoint.sequenceNumber);
}
