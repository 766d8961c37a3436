import type { DiscardReason, StreamRecord } from './delivery-state.ts';

/** Records that the mapping gave up, and why. */
export type DiscardedBatch = {
  reason: DiscardReason;
  records: readonly StreamRecord[];
  invocations: number;
  shardId: string;
  streamArn: string;
  functionArn: string;
  /** Of the last invocation; null when there was none. */
  lastRequestId: string | null;
  functionError: string | null;
};

/** The invocation record that Lambda sends to an on-failure destination; S3 gets the event itself as `payload` too. */
export type FailureRecord = {
  requestContext: {
    requestId: string;
    functionArn: string;
    condition: DiscardReason;
    approximateInvokeCount: number;
  };
  /** Left out for RecordAgeExceeded. */
  responseContext?: { statusCode: 200; executedVersion: '$LATEST'; functionError: string | null };
  version: '1.0';
  timestamp: string;
  KinesisBatchInfo: {
    shardId: string;
    startSequenceNumber: string;
    endSequenceNumber: string;
    approximateArrivalOfFirstRecord: string;
    approximateArrivalOfLastRecord: string;
    batchSize: number;
    streamArn: string;
  };
  payload?: string;
};

export function failureRecord(batch: DiscardedBatch, newRequestId: string, nowMs: number): FailureRecord {
  const { records, reason } = batch;
  const [first] = records;
  const last = records.at(-1);
  return {
    requestContext: {
      requestId: batch.lastRequestId ?? newRequestId,
      functionArn: batch.functionArn,
      condition: reason,
      approximateInvokeCount: batch.invocations,
    },
    ...(reason === 'RecordAgeExceeded'
      ? {}
      : { responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: batch.functionError } }),
    version: '1.0',
    timestamp: toIso(nowMs),
    KinesisBatchInfo: {
      shardId: batch.shardId,
      startSequenceNumber: first?.sequenceNumber ?? '',
      endSequenceNumber: last?.sequenceNumber ?? '',
      approximateArrivalOfFirstRecord: toIso(first?.arrivalMs ?? nowMs),
      approximateArrivalOfLastRecord: toIso(last?.arrivalMs ?? nowMs),
      batchSize: records.length,
      streamArn: batch.streamArn,
    },
  };
}

/** Where S3 keeps a failure record: aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<random>. */
export function failureObjectKey(mappingId: string, shardId: string, random: string, nowMs: number): string {
  const iso = toIso(nowMs);
  const day = iso.slice(0, 10).replaceAll('-', '/');
  const second = iso.slice(0, 19).replaceAll(':', '.');
  return `aws/lambda/${mappingId}/${shardId}/${day}/${second}-${random}`;
}

function toIso(ms: number): string {
  return new Date(Math.round(ms)).toISOString();
}
