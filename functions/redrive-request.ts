import { type KinesisRecord, sourceOf } from './kinesis-record.ts';

/** Request to count records of one shard that the mapping gave up. Records that were counted already are skipped. */
export type RedriveRequest = {
  redrive: {
    /** The records of the failed invocation in the order of the stream, with none missing between the first and the last. */
    Records: KinesisRecord[];
    /**
     * Sequence number after which the first record follows directly, or null for the shard's beginning. The caller has
     * checked that the stream holds no record between.
     */
    after?: string | null;
  };
};

export type RedriveAnswer = {
  stream: string;
  shardId: string;
  records: number;
  /** Number of records that this call counted; the fields below are the result of their lines. */
  counted: number;
  ranges: { first: string; last: string; records: number }[];
  events: number;
  quarantined: number;
  /** Number of late events that the late policy `drop` left out. */
  dropped: number;
  alreadyCounted: number;
  /**
   * Records beyond the checkpoint that were not counted. Counting them would move the checkpoint, and records between
   * would be taken for counted. If there are none between, send the request again with `after`.
   */
  ahead: { first: string; records: number; checkpoint: string | null } | null;
};

const SEQUENCE_NUMBER = /^\d{1,56}$/;

/** @throws RangeError that names the first invalid field and the expected value */
export function readRedriveRequest({ redrive }: RedriveRequest): {
  stream: string;
  shardId: string;
  records: readonly KinesisRecord[];
  after: string | null | undefined;
} {
  const records: unknown = redrive?.Records;
  if (!Array.isArray(records) || records.length === 0) {
    throw new RangeError('No records to redrive: expected { "redrive": { "Records": [ … ] } } with one or more');
  }
  const { after } = redrive;
  if (after !== undefined && after !== null && !SEQUENCE_NUMBER.test(after)) {
    throw new RangeError(`Invalid after '${after}': expected a sequence number, or null for the shard's beginning`);
  }
  records.forEach(checkRecord);
  const source = sourceOf(records[0]);
  for (let i = 1; i < records.length; i++) checkNeighbours(records[i - 1], records[i], i + 1, source);
  return { ...source, records, after };
}

function checkRecord(record: KinesisRecord | null, i: number): void {
  const { eventID, eventSourceARN, kinesis } = record ?? {};
  const { sequenceNumber, data, approximateArrivalTimestamp } = kinesis ?? {};
  const wrong =
    (!isText(eventSourceARN, /^arn:[^/]*:stream\/./) &&
      `eventSourceARN '${eventSourceARN}': expected a stream's ARN`) ||
    (!isText(sequenceNumber, SEQUENCE_NUMBER) &&
      `sequenceNumber '${sequenceNumber}': expected up to 56 digits as text`) ||
    (eventID?.slice(eventID.indexOf(':')) !== `:${sequenceNumber}` &&
      `eventID '${eventID}': expected <shard>:${sequenceNumber}`) ||
    (!isText(data, BASE64) && 'data: expected base64') ||
    (!Number.isFinite(approximateArrivalTimestamp) &&
      `approximateArrivalTimestamp '${approximateArrivalTimestamp}': expected seconds since 1970`);
  if (wrong) throw new RangeError(`Invalid record ${i + 1} to redrive, ${wrong}; send it as the mapping did`);
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function checkNeighbours(
  previous: KinesisRecord,
  record: KinesisRecord,
  position: number,
  expected: { stream: string; shardId: string },
): void {
  const { stream, shardId } = sourceOf(record);
  if (stream !== expected.stream || shardId !== expected.shardId) {
    throw new RangeError(
      `Record ${position} to redrive is from ${stream}/${shardId}: expected ${expected.stream}/${expected.shardId}, like the ` +
        'first record; send one request per shard',
    );
  }
  if (BigInt(record.kinesis.sequenceNumber) <= BigInt(previous.kinesis.sequenceNumber)) {
    throw new RangeError(
      `Record ${position} to redrive, ${record.kinesis.sequenceNumber}, does not follow the record before it: expected ` +
        'the order of the stream, each record once; sort them by sequence number',
    );
  }
}
