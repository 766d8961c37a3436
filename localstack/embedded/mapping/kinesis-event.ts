import { ACCOUNT_ID, REGION } from '../account.ts';
import type { KinesisRecord } from '../kinesis/kinesis-client.ts';
import type { StreamRecord } from './delivery.ts';

/** Turns a record of the stream into an element of a Kinesis event; its data stays in base64. */
export function toStreamRecord(record: KinesisRecord, shardId: string, streamArn: string): StreamRecord {
  const json = JSON.stringify({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: record.PartitionKey,
      sequenceNumber: record.SequenceNumber,
      data: record.Data,
      approximateArrivalTimestamp: record.ApproximateArrivalTimestamp,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${record.SequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: `arn:aws:iam::${ACCOUNT_ID}:role/embedded`,
    awsRegion: REGION,
    eventSourceARN: streamArn,
  });
  return {
    sequenceNumber: record.SequenceNumber,
    arrivalMs: record.ApproximateArrivalTimestamp * 1000,
    json,
    sizeBytes: Buffer.byteLength(json),
  };
}

/** The event for the function. */
export function kinesisEvent(records: readonly StreamRecord[]): Buffer {
  return Buffer.from(`{"Records":[${records.map(({ json }) => json).join(',')}]}`);
}
