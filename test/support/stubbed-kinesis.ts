import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { vi } from 'vitest';
import type { StreamRecord } from '#functions/core/tally.ts';

/**
 * Puts shards and their records in the place of Kinesis, for handlers that make a client of their own. Every page has one
 * record, and the shards stay open; nothing comes behind what is there.
 */
export function stubKinesis(shards: Record<string, readonly StreamRecord[]>): void {
  const answer = (command: unknown): object => {
    if (command instanceof ListShardsCommand) {
      return { Shards: Object.keys(shards).map((ShardId) => ({ ShardId })) };
    }
    if (command instanceof GetShardIteratorCommand) {
      const { ShardId = '', StartingSequenceNumber: after } = command.input;
      const at = shards[ShardId]?.findIndex(({ sequenceNumber }) => sequenceNumber === after) ?? -1;
      return { ShardIterator: `${ShardId}#${at + 1}` };
    }
    if (command instanceof GetRecordsCommand) {
      const [shardId = '', at] = (command.input.ShardIterator ?? '').split('#');
      const record = shards[shardId]?.[Number(at)];
      if (record === undefined) return { Records: [], NextShardIterator: `${shardId}#${at}`, MillisBehindLatest: 0 };
      const { sequenceNumber, arrivalMs, data } = record;
      return {
        Records: [{ SequenceNumber: sequenceNumber, ApproximateArrivalTimestamp: new Date(arrivalMs), Data: data }],
        NextShardIterator: `${shardId}#${Number(at) + 1}`,
        MillisBehindLatest: 0,
      };
    }
    throw new Error(`No answer for ${(command as object).constructor.name}`);
  };
  vi.spyOn(KinesisClient.prototype, 'send').mockImplementation(async (command: unknown) => answer(command));
}
