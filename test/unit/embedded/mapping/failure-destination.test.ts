import { describe, expect, it } from 'vitest';
import { createDestinations } from '#localstack/embedded/destinations/destinations.ts';
import { sendToFailureDestination } from '#localstack/embedded/mapping/failure-destination.ts';
import { record } from './delivery-simulation.ts';

const BATCH = {
  reason: 'RetryAttemptsExhausted',
  records: [record(11, 0), record(12, 0)],
  invocations: 3,
  shardId: 'shardId-000000000001',
  streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/events',
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:counter',
  lastRequestId: 'request-7',
  functionError: 'Unhandled',
} as const;

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
