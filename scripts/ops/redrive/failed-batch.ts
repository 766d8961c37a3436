import type { KinesisRecord } from '#functions/contract.ts';

/** A batch that the mapping gave up, as its failure record tells of it. */
export type FailedBatch = {
  /** The object's key, or the file's name. */
  source: string;
  streamArn: string;
  streamName: string;
  shardId: string;
  /** First and last sequence number. */
  start: string;
  end: string;
  records: number;
  /** Why it was given up, such as RetryAttemptsExhausted. */
  condition: string;
  /** Arrival of the first record, ISO 8601. */
  firstArrival: string;
  hasPayload: boolean;
};

const SEQUENCE_NUMBER = /^\d{1,56}$/;

/**
 * Reads a failure record: as it lies in the bucket, with the records as `payload`, or as a queue has it, without.
 *
 * @throws Error in one line where it is none
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
    throw notOne(source, 'KinesisBatchInfo with streamArn, shardId, startSequenceNumber, endSequenceNumber, batchSize');
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
 * The records that lie in a failure record beside its whereabouts: exactly those that it names, for the range from the
 * first to the last is taken for counted as a whole.
 *
 * @throws Error in one line where they are not
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

/** By stream and shard, and there in the order of the stream: a batch is judged by those before it. */
export function inStreamOrder(batches: readonly FailedBatch[]): FailedBatch[] {
  return [...batches].sort(
    (a, b) =>
      compare(a.streamArn, b.streamArn) || compare(a.shardId, b.shardId) || compare(BigInt(a.start), BigInt(b.start)),
  );
}

function compare<Value extends string | bigint>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function parseObject(source: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // said below, as for every other text
  }
  throw notOne(source, 'a JSON object');
}

function notOne(source: string, expected: string): Error {
  return new Error(`${source} is no failure record: expected ${expected}; name others, or remove it`);
}
