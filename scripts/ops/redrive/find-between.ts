import { type KinesisClient, ResourceNotFoundException } from '@aws-sdk/client-kinesis';
import { readFrom } from './read-from.ts';

/**
 * The first record in the stream that lies behind `after` (null: in the shard at all) and before `until`; null where there
 * is none. What has expired does not count, nor does a shard that is gone: no mapping can bring them.
 */
export async function findBetween(
  kinesis: KinesisClient,
  { stream, shardId, after, until }: { stream: string; shardId: string; after: string | null; until: string },
): Promise<string | null> {
  try {
    for await (const { SequenceNumber = '' } of readFrom(kinesis, { streamName: stream, shardId, after })) {
      return BigInt(SequenceNumber) < BigInt(until) ? SequenceNumber : null;
    }
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return null;
}
