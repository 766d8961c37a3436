import { type KinesisRecord, sourceOf } from './kinesis-record.ts';

/** Records of one shard that the mapping gave up, to be counted where nobody has counted them. */
export type RedriveRequest = {
  redrive: {
    /** As they were in the failed invocation: in the order of the stream, none left out between the first and the last. */
    Records: KinesisRecord[];
    /**
     * What the caller has made sure of: that in the stream nothing lies between this sequence number (null: the shard's
     * beginning) and the first record.
     */
    after?: string | null;
  };
};

export type RedriveAnswer = {
  stream: string;
  shardId: string;
  records: number;
  /** Records that this call has counted, and what it made of their lines. */
  counted: number;
  ranges: { first: string; last: string; records: number }[];
  events: number;
  quarantined: number;
  /** Late events left out, under that policy. */
  dropped: number;
  alreadyCounted: number;
  /**
   * Records beyond the checkpoint that were not counted: whoever counts them moves the checkpoint on to them, and what lies
   * between would be taken for counted. Ask again with `after` where nothing does.
   */
  ahead: { first: string; records: number; checkpoint: string | null } | null;
};

const SEQUENCE_NUMBER = /^\d{1,56}$/;

/** @throws RangeError naming the first thing that is not as expected */
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
      `Record ${position} to redrive is of ${stream}/${shardId}, expected ${expected.stream}/${expected.shardId} like the first: send each shard apart`,
    );
  }
  if (BigInt(record.kinesis.sequenceNumber) <= BigInt(previous.kinesis.sequenceNumber)) {
    throw new RangeError(
      `Record ${position} to redrive, ${record.kinesis.sequenceNumber}, does not follow the one before it: send them in the order of the stream, each once`,
    );
  }
}
