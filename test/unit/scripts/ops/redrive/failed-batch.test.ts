import { describe, expect, it } from 'vitest';
import { inStreamOrder, parseFailedBatch, parsePayload } from '#ops/redrive/failed-batch.ts';
import { failureRecord } from '#test/support/failure-record.ts';
import { eventAt, NOON_MS, sequenceNumber, streamRecord } from '#test/support/records.ts';

const records = [1, 2, 3].map((n) => streamRecord(eventAt(NOON_MS), { n }));

describe('a failure record', () => {
  it('says which records were given up, and why', () => {
    expect(parseFailedBatch('key', failureRecord(records))).toEqual({
      source: 'key',
      streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/events',
      streamName: 'events',
      shardId: 'shardId-000000000000',
      start: sequenceNumber(1),
      end: sequenceNumber(3),
      records: 3,
      condition: 'RetryAttemptsExhausted',
      firstArrival: '2026-01-31T12:00:00.000Z',
      hasPayload: true,
    });
  });

  it('has no payload where it is one for a queue', () => {
    expect(parseFailedBatch('key', failureRecord(records, { withPayload: false })).hasPayload).toBe(false);
  });

  it.each([
    ['text', 'hello', 'a JSON object'],
    ['a list', '[]', 'a JSON object'],
    ['of another service', '{"DDBStreamBatchInfo":{}}', 'KinesisBatchInfo with streamArn'],
    ['without a stream', failureRecord(records, { changes: { streamArn: 'events' } }), 'KinesisBatchInfo with'],
    ['without its end', failureRecord(records, { changes: { endSequenceNumber: undefined } }), 'KinesisBatchInfo with'],
    ['from end to start', failureRecord([...records].reverse()), 'KinesisBatchInfo with'],
  ])('is refused where it is %s', (_, text, expected) => {
    expect(() => parseFailedBatch('some/key', text)).toThrow(`some/key is no failure record: expected ${expected}`);
  });
});

describe('its payload', () => {
  it('holds the records as the mapping delivered them', () => {
    const text = failureRecord(records);
    const parsed = parsePayload(parseFailedBatch('key', text), text);
    expect(parsed.map(({ kinesis }) => kinesis.sequenceNumber)).toEqual([1, 2, 3].map(sequenceNumber));
  });

  it('is refused where records are missing, since what lies between would be taken for counted', () => {
    const text = failureRecord(records.slice(0, 2), {
      changes: { batchSize: 3, endSequenceNumber: sequenceNumber(3) },
    });
    expect(() => parsePayload(parseFailedBatch('key', text), text)).toThrow(
      `The payload of key has 2 records from ${sequenceNumber(1)} to ${sequenceNumber(2)}, expected 3 from ${sequenceNumber(1)} to ${sequenceNumber(3)}: use --from stream`,
    );
  });

  it('is refused where it is no event', () => {
    const text = JSON.stringify({ ...JSON.parse(failureRecord(records)), payload: '{"Records' });
    expect(() => parsePayload(parseFailedBatch('key', text), text)).toThrow('payload of key is no failure record');
  });
});

describe('failed batches', () => {
  it('come in the order of the stream, shard by shard, by number and not by text', () => {
    const at = (shardId: string, n: string) =>
      parseFailedBatch(
        `${shardId} ${n}`,
        failureRecord(records, { shardId, changes: { startSequenceNumber: n, endSequenceNumber: n } }),
      );
    const sorted = inStreamOrder([at('b', '9'), at('a', '10'), at('b', '8'), at('a', '9')]);
    expect(sorted.map(({ source }) => source)).toEqual(['a 9', 'a 10', 'b 8', 'b 9']);
  });
});
