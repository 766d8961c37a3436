import {
  type _Record,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  InvalidArgumentException,
  type KinesisClient,
  ProvisionedThroughputExceededException,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis';
import type { KinesisRecord } from '#functions/contract.ts';
import type { FailedBatch } from './failed-batch.ts';

/**
 * Reads a failed batch's records from the stream again. Records that have expired are missing at its start.
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
 * Reads the records that arrived on a shard in a span of time, as far as the stream still has them.
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

/**
 * Finds the first record after `after` (null: of the shard) and before `until`; null where the stream has none. Expired
 * records and removed shards don't matter, since the mapping can't deliver them any more.
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

/** The record in the form in which the mapping gives it to the function. */
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

type Position = { streamName: string; shardId: string } & (
  | { at: string }
  /** Null: from the oldest record in the shard. */
  | { after: string | null }
  /** Time of arrival, epoch ms. */
  | { sinceMs: number }
);

/** An emulator has no limit of its own; AWS ends a page at 10 MB. */
const RECORDS_PER_PAGE = 1000;
/** A shard allows 5 reads a second, which both paths share with this command. */
const PAUSE_MS = 500;

/**
 * Reads a shard from a position to its present end. Records before the oldest one that is left are skipped.
 *
 * @throws ResourceNotFoundException where the stream or the shard is gone
 */
export async function* readFrom(kinesis: KinesisClient, position: Position): AsyncGenerator<_Record> {
  let iterator = await openShard(kinesis, position);
  let reached: string | undefined;
  while (iterator !== undefined) {
    const page = await readPage(kinesis, iterator);
    if (page === 'throttled') continue;
    if (page === 'expired') {
      const { streamName, shardId } = position;
      iterator = await openShard(kinesis, reached === undefined ? position : { streamName, shardId, after: reached });
      continue;
    }
    const { Records = [], NextShardIterator, MillisBehindLatest = 0 } = page;
    yield* Records;
    reached = Records.at(-1)?.SequenceNumber ?? reached;
    if (Records.length === 0 && MillisBehindLatest === 0) return; // with records, some emulators answer 0 although more follow
    iterator = NextShardIterator;
    if (Records.length === 0) await pause();
  }
}

async function openShard(kinesis: KinesisClient, position: Position): Promise<string | undefined> {
  const { streamName: StreamName, shardId: ShardId } = position;
  const open = async (rest: Omit<GetShardIteratorCommandInput, 'StreamName' | 'ShardId'>) =>
    (await kinesis.send(new GetShardIteratorCommand({ StreamName, ShardId, ...rest }))).ShardIterator;
  if ('sinceMs' in position) {
    return open({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(position.sinceMs) });
  }
  const number = 'at' in position ? position.at : position.after;
  if (number === null) return open({ ShardIteratorType: 'TRIM_HORIZON' });
  const type = 'at' in position ? 'AT_SEQUENCE_NUMBER' : 'AFTER_SEQUENCE_NUMBER';
  try {
    return await open({ ShardIteratorType: type, StartingSequenceNumber: number });
  } catch (error) {
    if (!(error instanceof InvalidArgumentException)) throw error;
    return open({ ShardIteratorType: 'TRIM_HORIZON' }); // the record has expired; the caller sees which one comes first
  }
}

async function readPage(kinesis: KinesisClient, ShardIterator: string) {
  try {
    return await kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: RECORDS_PER_PAGE }));
  } catch (error) {
    if (error instanceof ExpiredIteratorException) return 'expired'; // the caller worked on the last page for minutes
    if (!(error instanceof ProvisionedThroughputExceededException)) throw error;
    await pause();
    return 'throttled';
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
