import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { vi } from 'vitest';
import type { StreamRecord } from '#functions/core/tally.ts';

/** A shard in place of one of Kinesis. More records may be added while it is read. */
export type StubbedShard = {
  records: readonly StreamRecord[];
  parentIds?: readonly string[];
  /** Whether it takes no more records, because it was split or merged. */
  closed?: boolean;
};

/**
 * Puts shards and their records in the place of Kinesis, for handlers that make a client of their own. Every page has one
 * record. A list of records stands for an open shard without parents.
 */
export function stubKinesis(shards: Record<string, StubbedShard | readonly StreamRecord[]>): void {
  const shardOf = (shardId = ''): StubbedShard => {
    const shard = shards[shardId] ?? [];
    return 'records' in shard ? shard : { records: shard };
  };
  const answer = (command: unknown): object => {
    if (command instanceof ListShardsCommand) {
      return {
        Shards: Object.keys(shards).map((ShardId) => {
          const [ParentShardId, AdjacentParentShardId] = shardOf(ShardId).parentIds ?? [];
          return { ShardId, ParentShardId, AdjacentParentShardId };
        }),
      };
    }
    if (command instanceof GetShardIteratorCommand) {
      const { ShardId = '', StartingSequenceNumber: after } = command.input;
      const at = shardOf(ShardId).records.findIndex(({ sequenceNumber }) => sequenceNumber === after);
      return { ShardIterator: `${ShardId}#${at + 1}` };
    }
    if (command instanceof GetRecordsCommand) {
      const [shardId = '', at] = (command.input.ShardIterator ?? '').split('#');
      const { records, closed = false } = shardOf(shardId);
      const record = records[Number(at)];
      const next = Number(at) + (record === undefined ? 0 : 1);
      return {
        Records:
          record === undefined
            ? []
            : [
                {
                  SequenceNumber: record.sequenceNumber,
                  ApproximateArrivalTimestamp: new Date(record.arrivalMs),
                  Data: record.data,
                },
              ],
        NextShardIterator: closed && next >= records.length ? undefined : `${shardId}#${next}`,
        MillisBehindLatest: 0,
      };
    }
    throw new Error(`No answer for ${(command as object).constructor.name}`);
  };
  vi.spyOn(KinesisClient.prototype, 'send').mockImplementation(async (command: unknown) => answer(command));
}
