import { randomUUID } from 'node:crypto';
import type { Destinations } from '../destinations.ts';
import type { DiscardReason, StreamRecord } from './delivery.ts';
import { kinesisEvent } from './kinesis-event.ts';

/** Records that the mapping discarded, and why. */
export type DiscardedBatch = {
  reason: DiscardReason;
  records: readonly StreamRecord[];
  invocations: number;
  shardId: string;
  streamArn: string;
  functionArn: string;
  /** Request id of the last invocation; null without one. */
  lastRequestId: string | null;
  functionError: string | null;
};

/** The invocation record that Lambda sends to an on-failure destination. In S3 it also holds the event, as `payload`. */
type FailureRecord = {
  requestContext: {
    requestId: string;
    functionArn: string;
    condition: DiscardReason;
    approximateInvokeCount: number;
  };
  /** Absent for RecordAgeExceeded. */
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

/** Key of a failure record in S3: aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<random>. */
export function failureObjectKey(mappingId: string, shardId: string, random: string, nowMs: number): string {
  const iso = toIso(nowMs);
  const day = iso.slice(0, 10).replaceAll('-', '/');
  const second = iso.slice(0, 19).replaceAll(':', '.');
  return `aws/lambda/${mappingId}/${shardId}/${day}/${second}-${random}`;
}

function toIso(ms: number): string {
  return new Date(Math.round(ms)).toISOString();
}

/** Sends a discarded batch to its destination. A bucket receives the records; a queue only their sequence numbers. */
export function sendToFailureDestination(
  batch: DiscardedBatch,
  mappingId: string,
  destinationArn: string,
  destinations: Destinations,
): void {
  const nowMs = Date.now();
  const record = failureRecord(batch, randomUUID(), nowMs);
  if (destinations.kindOf(destinationArn) === 'queue') {
    destinations.sendMessage(destinationArn, JSON.stringify(record));
    return;
  }
  const payload = kinesisEvent(batch.records).toString('utf8');
  const key = failureObjectKey(mappingId, batch.shardId, randomUUID(), nowMs);
  destinations.putObject(destinationArn, key, JSON.stringify({ ...record, payload }));
}
