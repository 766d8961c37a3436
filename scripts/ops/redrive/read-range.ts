import { type _Record, type KinesisClient, ResourceNotFoundException } from '@aws-sdk/client-kinesis';
import type { KinesisRecord } from '#functions/contract.ts';
import type { FailedBatch } from './failed-batch.ts';
import { readFrom } from './read-from.ts';

/**
 * A failed batch's records, read from the stream again. Without the first ones where those have outlived its retention.
 *
 * @throws Error where the stream or the shard is gone
 */
export async function readRange(kinesis: KinesisClient, batch: FailedBatch): Promise<KinesisRecord[]> {
  const { streamName, streamArn, shardId, start, end } = batch;
  const records: KinesisRecord[] = [];
  try {
    for await (const record of readFrom(kinesis, { streamName, shardId, at: start })) {
      const { SequenceNumber = '' } = record;
      if (BigInt(SequenceNumber) <= BigInt(end)) records.push(asDelivered(record, streamArn, shardId));
      if (BigInt(SequenceNumber) >= BigInt(end)) break;
    }
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new Error(`${streamName}/${shardId} can't be read again: ${error.message} Use --from payload`, {
      cause: error,
    });
  }
  return records;
}

/**
 * What arrived on a shard in a span of time, as far as it is still there.
 *
 * @param span arrivals in epoch ms, the end exclusive
 */
export async function* readSpan(
  kinesis: KinesisClient,
  { streamName, streamArn, shardId }: { streamName: string; streamArn: string; shardId: string },
  { sinceMs, untilMs }: { sinceMs: number; untilMs: number },
): AsyncGenerator<KinesisRecord> {
  for await (const record of readFrom(kinesis, { streamName, shardId, sinceMs })) {
    if (arrivalMsOf(record) >= untilMs) return;
    yield asDelivered(record, streamArn, shardId);
  }
}

/** A record as the mapping would hand it to the function. */
function asDelivered(record: _Record, eventSourceARN: string, shardId: string): KinesisRecord {
  const { SequenceNumber: sequenceNumber = '', Data = new Uint8Array() } = record;
  return {
    eventID: `${shardId}:${sequenceNumber}`,
    eventSourceARN,
    kinesis: {
      sequenceNumber,
      data: Buffer.from(Data).toString('base64'),
      approximateArrivalTimestamp: arrivalMsOf(record) / 1000,
    },
  };
}

function arrivalMsOf({ ApproximateArrivalTimestamp }: _Record): number {
  return ApproximateArrivalTimestamp?.getTime() ?? Number.NaN;
}
