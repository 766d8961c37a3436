import { Buffer } from 'node:buffer';
import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  type ListShardsCommandOutput,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { StreamRecord } from '../core/tally.ts';
import type { ListedShard, StreamSource } from './stream-source.ts';

/** A client that uses HTTP/1.1, because emulators support nothing else. */
export function createKinesisClient(): KinesisClient {
  return new KinesisClient({
    requestHandler: new NodeHttpHandler({ connectionTimeout: 5_000, requestTimeout: 30_000 }),
  });
}

/** A client for a look beside the counting, which must not wait long. */
export function createLookingClient(): KinesisClient {
  return new KinesisClient({
    maxAttempts: 2,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 1_000, requestTimeout: 3_000 }),
  });
}

type KinesisShard = ListedShard & {
  /** Number of digits of its first sequence number, leading zeros included. */
  digits: number;
};

export async function listShards(client: KinesisClient, stream: string): Promise<KinesisShard[]> {
  const shards: KinesisShard[] = [];
  let token: string | undefined;
  do {
    const page: ListShardsCommandOutput = await client.send(
      new ListShardsCommand(token === undefined ? { StreamName: stream } : { NextToken: token }),
    );
    for (const { ShardId, ParentShardId, AdjacentParentShardId, SequenceNumberRange } of page.Shards ?? []) {
      const parentIds = [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined);
      const digits = SequenceNumberRange?.StartingSequenceNumber?.length ?? 0;
      if (ShardId !== undefined) shards.push({ shardId: ShardId, parentIds, digits });
    }
    token = page.NextToken;
  } while (token !== undefined);
  return shards;
}

export function kinesisSource(client: KinesisClient, stream: string): StreamSource {
  const digitsOf = new Map<string, number>();
  return {
    async listShards() {
      const shards = await listShards(client, stream);
      for (const { shardId, digits } of shards) digitsOf.set(shardId, digits);
      return shards;
    },

    async openShard(shardId, after) {
      const position =
        after === null
          ? { ShardIteratorType: 'TRIM_HORIZON' as const }
          : {
              ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const,
              // Checkpoints are stored as numbers, which lose leading zeros. AWS writes none; an emulator that writes
              // them compares text, so they are restored.
              StartingSequenceNumber: after.padStart(digitsOf.get(shardId) ?? 0, '0'),
            };
      const opened = await client.send(
        new GetShardIteratorCommand({ StreamName: stream, ShardId: shardId, ...position }),
      );
      if (opened.ShardIterator === undefined)
        throw new Error(`No iterator for shard '${shardId}' of stream '${stream}': expected one from GetShardIterator`);
      return opened.ShardIterator;
    },

    async readPage(iterator, limit) {
      try {
        const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }));
        return {
          records: (page.Records ?? []).map(toStreamRecord),
          next: page.NextShardIterator ?? null,
          millisBehindLatest: page.MillisBehindLatest ?? 0,
        };
      } catch (error) {
        if (error instanceof ProvisionedThroughputExceededException) return 'throttled';
        if (error instanceof ExpiredIteratorException) return 'expired';
        throw error;
      }
    },
  };
}

function toStreamRecord(record: {
  SequenceNumber?: string | undefined;
  ApproximateArrivalTimestamp?: Date | undefined;
  Data?: Uint8Array | undefined;
}): StreamRecord {
  const { SequenceNumber, ApproximateArrivalTimestamp, Data } = record;
  if (SequenceNumber === undefined || ApproximateArrivalTimestamp === undefined || Data === undefined) {
    throw new Error(`Incomplete record '${SequenceNumber}': expected sequence number, arrival time and data`);
  }
  return {
    sequenceNumber: SequenceNumber,
    arrivalMs: ApproximateArrivalTimestamp.getTime(),
    data: Buffer.from(Data.buffer, Data.byteOffset, Data.byteLength),
  };
}
