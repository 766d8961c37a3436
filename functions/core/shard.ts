import { NO_WATERMARK } from './watermark.ts';

/** Up to where a shard has been counted; the row of the checkpoint table, in memory. */
export type Checkpoint = {
  /** The last record counted, as Kinesis writes it: up to 56 digits, so text, never a number. Null: none yet. */
  sequenceNumber: string | null;
  /** Epoch ms; NO_WATERMARK before the first counted event. */
  watermarkMs: number;
};

/** How far one batch has come on one shard, from the checkpoint it started at. */
export type ShardProgress = {
  shardId: string;
  from: Checkpoint;
  /** First record that this batch read, null while it has read none. */
  first: string | null;
  reached: Checkpoint;
  /** Whether the shard keeps the path's watermark from passing its own. */
  holdsBack: boolean;
};

export const UNREAD: Checkpoint = { sequenceNumber: null, watermarkMs: NO_WATERMARK };

export function startShard(shardId: string, from: Checkpoint): ShardProgress {
  return { shardId, from, first: null, reached: { ...from }, holdsBack: true };
}

/** Whether a record lies at or below the checkpoint, so that it has been counted. Numbers of up to 56 digits: BigInt. */
export function isCounted(sequenceNumber: string, checkpoint: Checkpoint): boolean {
  return checkpoint.sequenceNumber !== null && BigInt(sequenceNumber) <= BigInt(checkpoint.sequenceNumber);
}
