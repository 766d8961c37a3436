import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { KinesisRecord } from '#functions/contract.ts';
import { UsageError } from '#text/usage-error.ts';

/** A batch that the mapping gave up on, as its failure record describes it. */
export type FailedBatch = {
  /** Key of the object, or name of the file. */
  source: string;
  streamArn: string;
  streamName: string;
  shardId: string;
  /** First and last sequence number. */
  start: string;
  end: string;
  records: number;
  /** Reason that the mapping gave, such as RetryAttemptsExhausted. */
  condition: string;
  /** Arrival of the first record, ISO 8601. */
  firstArrival: string;
  hasPayload: boolean;
};

const SEQUENCE_NUMBER = /^\d{1,56}$/;

/**
 * Reads a failure record. One from the bucket has the records as `payload`; one from a queue has not.
 *
 * @throws Error in one line where the text is no failure record
 */
export function parseFailedBatch(source: string, text: string): FailedBatch {
  const record = parseObject(source, text);
  const info = record.KinesisBatchInfo as Partial<Record<string, unknown>> | undefined;
  const { streamArn, shardId, startSequenceNumber: start, endSequenceNumber: end, batchSize: records } = info ?? {};
  const streamName = /^arn:[^/]*:stream\/([^/]+)$/.exec(String(streamArn))?.[1];
  if (
    streamName === undefined ||
    typeof shardId !== 'string' ||
    !SEQUENCE_NUMBER.test(String(start)) ||
    !SEQUENCE_NUMBER.test(String(end)) ||
    BigInt(String(start)) > BigInt(String(end)) ||
    !Number.isInteger(records)
  ) {
    throw notAFailureRecord(
      source,
      'KinesisBatchInfo with streamArn, shardId, startSequenceNumber, endSequenceNumber, batchSize',
    );
  }
  const { condition } = (record.requestContext ?? {}) as { condition?: unknown };
  return {
    source,
    streamArn: String(streamArn),
    streamName,
    shardId,
    start: String(start),
    end: String(end),
    records: Number(records),
    condition: String(condition ?? 'unknown'),
    firstArrival: String(info?.approximateArrivalOfFirstRecord ?? 'unknown'),
    hasPayload: record.payload !== undefined && record.payload !== null,
  };
}

/**
 * Reads the records in a failure record. They must be exactly those of the batch: counting them marks the whole range from
 * first to last as counted, so a missing record would be lost.
 *
 * @throws Error in one line where they are others
 */
export function parsePayload(batch: FailedBatch, text: string): KinesisRecord[] {
  const { payload } = parseObject(batch.source, text);
  const event = typeof payload === 'string' ? parseObject(`payload of ${batch.source}`, payload) : payload;
  const { Records } = (event ?? {}) as { Records?: KinesisRecord[] };
  const numbers = Array.isArray(Records) ? Records.map((record) => record?.kinesis?.sequenceNumber) : [];
  if (
    Records === undefined ||
    numbers.length !== batch.records ||
    numbers[0] !== batch.start ||
    numbers.at(-1) !== batch.end
  ) {
    throw new Error(
      `The payload of ${batch.source} has ${numbers.length} records from ${numbers[0]} to ${numbers.at(-1)}, expected ${batch.records} from ${batch.start} to ${batch.end}: use --from stream`,
    );
  }
  return Records;
}

/** Sorted by stream, shard and position: whether an event is late depends on the batches before it. */
export function inStreamOrder(batches: readonly FailedBatch[]): FailedBatch[] {
  return [...batches].sort(
    (a, b) =>
      compare(a.streamArn, b.streamArn) || compare(a.shardId, b.shardId) || compare(BigInt(a.start), BigInt(b.start)),
  );
}

/** Folder of failure records; below it are folders by mapping, shard and day. */
const PREFIX = 'aws/lambda/';

/** Keys of all failure records in the bucket. */
export async function listFailedBatches(s3: S3Client, bucket: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: PREFIX })) {
    for (const { Key } of Contents) if (Key !== undefined && !Key.endsWith('/')) keys.push(Key);
  }
  return keys;
}

/**
 * Reads the text of a failure record from a file of that name, or else from an object in the bucket.
 *
 * @throws UsageError where neither exists
 */
export async function readFailureRecord(s3: S3Client, bucket: string, name: string): Promise<string> {
  if (existsSync(name)) return readFile(name, 'utf8');
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: name }));
    return (await Body?.transformToString()) ?? '';
  } catch (error) {
    if (!(error instanceof NoSuchKey)) throw error;
    throw new UsageError(`No failure record '${name}': expected a file, or a key in ${bucket}; see --list`);
  }
}

function compare<Value extends string | bigint>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function parseObject(source: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // The error below covers texts that are no JSON, too.
  }
  throw notAFailureRecord(source, 'a JSON object');
}

function notAFailureRecord(source: string, expected: string): Error {
  return new Error(`${source} is no failure record: expected ${expected}; name another, or remove it`);
}
