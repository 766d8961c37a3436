import { describe, expect, it } from 'vitest';
import type { KinesisRecord } from '#functions/kinesis-record.ts';
import { type RedriveRequest, readRedriveRequest } from '#functions/redrive-request.ts';
import { eventAt, kinesisEvent, NOON_MS, sequenceNumber, streamRecord } from '#test/support/records.ts';

const records = (...positions: number[]): KinesisRecord[] =>
  kinesisEvent(
    'events',
    'shardId-7',
    positions.map((n) => streamRecord(eventAt(NOON_MS), { n })),
  ).Records;

const read = (Records: unknown, after?: unknown) =>
  readRedriveRequest({ redrive: { Records, after } } as RedriveRequest);

describe('a request to redrive', () => {
  it('names its stream and shard by its records', () => {
    expect(read(records(1, 2), sequenceNumber(0))).toMatchObject({
      stream: 'events',
      shardId: 'shardId-7',
      after: sequenceNumber(0),
    });
  });

  it.each([
    ['nothing', { redrive: null }],
    ['no list', { redrive: { Records: {} } }],
    ['an empty list', { redrive: { Records: [] } }],
  ])('is refused with %s', (_, request) => {
    expect(() => readRedriveRequest(request as unknown as RedriveRequest)).toThrow(
      'No records to redrive: expected { "redrive": { "Records": [ … ] } } with one or more',
    );
  });

  it.each<[string, (record: KinesisRecord) => unknown, string]>([
    ['no object', () => null, "eventSourceARN 'undefined'"],
    ['without a stream', (record) => ({ ...record, eventSourceARN: 'events' }), "eventSourceARN 'events'"],
    ['of another shard in its id', (record) => ({ ...record, eventID: 'shardId-7' }), "eventID 'shardId-7'"],
    ['without its Kinesis part', ({ kinesis: _, ...record }) => record, "sequenceNumber 'undefined'"],
    ...(
      [
        ['with a number for a sequence number', { sequenceNumber: 7 }, "sequenceNumber '7': expected up to 56 digits"],
        ['with data that is no base64', { data: '{"a":1}' }, 'data: expected base64'],
        [
          'with an arrival that is a date',
          { approximateArrivalTimestamp: '2026' },
          "approximateArrivalTimestamp '2026'",
        ],
      ] as const
    ).map(([name, changes, message]): [string, (record: KinesisRecord) => unknown, string] => [
      name,
      (record) => ({ ...record, kinesis: { ...record.kinesis, ...changes } }),
      message,
    ]),
  ])('is refused with a record %s', (_, spoil, message) => {
    const [first, second] = records(1, 2) as [KinesisRecord, KinesisRecord];
    expect(() => read([first, spoil(second)])).toThrow(`Invalid record 2 to redrive, ${message}`);
  });

  it('is refused with records of two shards, or two streams', () => {
    const others = [...kinesisEvent('events', 'shardId-8', [streamRecord('{}', { n: 2 })]).Records];
    const elsewhere = [...kinesisEvent('orders', 'shardId-7', [streamRecord('{}', { n: 2 })]).Records];
    expect(() => read([...records(1), ...others])).toThrow(
      'Record 2 to redrive is from events/shardId-8: expected events/shardId-7, like the first record; send one request per shard',
    );
    expect(() => read([...records(1), ...elsewhere])).toThrow('Record 2 to redrive is from orders/shardId-7');
  });

  it.each([
    ['out of order', [2, 1]],
    ['twice', [1, 1]],
  ])('is refused with a record %s', (_, positions) => {
    expect(() => read(records(...positions))).toThrow('does not follow the record before it');
  });

  it('is refused with an `after` that is no sequence number', () => {
    expect(() => read(records(1), 'TRIM_HORIZON')).toThrow("Invalid after 'TRIM_HORIZON': expected a sequence number");
  });
});
