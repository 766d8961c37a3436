import { ACCOUNT_ID, REGION } from '../account.ts';
import type { KinesisRecord } from '../kinesis/kinesis-client.ts';
import type { StreamRecord } from './delivery-state.ts';

/** A record of the stream as its element of a Kinesis event; the data stays the base64 that it came as. */
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

/** The event that the function gets. */
export function kinesisEvent(records: readonly StreamRecord[]): Buffer {
  return Buffer.from(`{"Records":[${records.map(({ json }) => json).join(',')}]}`);
}
