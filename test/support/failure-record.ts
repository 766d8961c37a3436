import type { StreamRecord } from '#functions/core/tally.ts';
import { kinesisEvent } from './records.ts';

const STREAM_ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream';

/** A failure record as stored in the bucket; without the records it is one for a queue. */
export function failureRecord(
  records: readonly StreamRecord[],
  { stream = 'events', shardId = 'shardId-000000000000', withPayload = true, changes = {} as object } = {},
): string {
  const [first, last] = [records[0], records.at(-1)];
  return JSON.stringify({
    requestContext: {
      requestId: 'c9b8fa9f-5a7f-xmpl-af9c-0c604cde93a5',
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:micro',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 1,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2026-01-31T12:00:10.000Z',
    KinesisBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: new Date(first?.arrivalMs ?? 0).toISOString(),
      approximateArrivalOfLastRecord: new Date(last?.arrivalMs ?? 0).toISOString(),
      batchSize: records.length,
      streamArn: `${STREAM_ARN}/${stream}`,
      ...changes,
    },
    ...(withPayload ? { payload: JSON.stringify(kinesisEvent(stream, shardId, records)) } : {}),
  });
}
