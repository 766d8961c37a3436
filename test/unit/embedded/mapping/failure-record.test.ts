import { describe, expect, it } from 'vitest';
import { createDestinations } from '#localstack/embedded/destinations.ts';
import {
  failureObjectKey,
  failureRecord,
  sendToFailureDestination,
} from '#localstack/embedded/mapping/failure-record.ts';
import { record } from './delivery-simulation.ts';

const NOW_MS = Date.parse('2026-01-02T03:04:05.678Z');

const BATCH = {
  reason: 'RetryAttemptsExhausted',
  records: [record(11, NOW_MS - 9000), record(12, NOW_MS - 8000)],
  invocations: 3,
  shardId: 'shardId-000000000001',
  streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/events',
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:counter',
  lastRequestId: 'request-7',
  functionError: 'Unhandled',
} as const;

describe('failureRecord', () => {
  it('has the members of an invocation record of a stream', () => {
    expect(failureRecord(BATCH, 'unused', NOW_MS)).toEqual({
      requestContext: {
        requestId: 'request-7',
        functionArn: BATCH.functionArn,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: '2026-01-02T03:04:05.678Z',
      KinesisBatchInfo: {
        shardId: 'shardId-000000000001',
        startSequenceNumber: '11',
        endSequenceNumber: '12',
        approximateArrivalOfFirstRecord: '2026-01-02T03:03:56.678Z',
        approximateArrivalOfLastRecord: '2026-01-02T03:03:57.678Z',
        batchSize: 2,
        streamArn: BATCH.streamArn,
      },
    });
  });

  it('has no response when the records expired', () => {
    expect(failureRecord({ ...BATCH, reason: 'RecordAgeExceeded' }, 'unused', NOW_MS)).not.toHaveProperty(
      'responseContext',
    );
  });
});

describe('failureObjectKey', () => {
  it('sorts by mapping, shard and time', () => {
    expect(failureObjectKey('mapping-1', BATCH.shardId, 'x', NOW_MS)).toBe(
      'aws/lambda/mapping-1/shardId-000000000001/2026/01/02/2026-01-02T03.04.05-x',
    );
  });
});

const METADATA = ['requestContext', 'responseContext', 'version', 'timestamp', 'KinesisBatchInfo'];

describe('sendToFailureDestination', () => {
  it("leaves the whole event as a text in a bucket, beside a queue's metadata", () => {
    const destinations = createDestinations(['failed'], ['failed']);
    sendToFailureDestination(BATCH, 'mapping-1', 'arn:aws:s3:::failed', destinations);
    sendToFailureDestination(BATCH, 'mapping-1', 'arn:aws:sqs:us-east-1:000000000000:failed', destinations);
    const [object] = destinations.objects('failed');
    const [message] = destinations.messages('failed');
    const stored = JSON.parse(object?.body ?? '{}');
    expect(Object.keys(JSON.parse(message ?? '{}'))).toEqual(METADATA);
    expect(Object.keys(stored)).toEqual([...METADATA, 'payload']);
    expect(stored.payload).toBe(`{"Records":[${BATCH.records.map(({ json }) => json).join(',')}]}`);
    expect(object?.key).toMatch(
      /^aws\/lambda\/mapping-1\/shardId-000000000001\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/,
    );
  });
});
