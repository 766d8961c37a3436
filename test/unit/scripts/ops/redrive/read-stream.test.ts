import {
  ExpiredIteratorException,
  type KinesisClient,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KinesisRecord } from '#functions/contract.ts';
import { parseFailedBatch } from '#ops/redrive/failed-batch.ts';
import { findBetween, readFrom, readRange, readSpan } from '#ops/redrive/read-stream.ts';
import { failureRecord } from '#test/support/failure-record.ts';
import { eventAt, kinesisEvent, NOON_MS, sequenceNumber, streamRecord } from '#test/support/records.ts';
import { scriptedShard } from '#test/support/scripted-shard.ts';
import { type Call, scriptedTarget } from '#test/support/scripted-target.ts';

const SHARD = 'shardId-000000000000';
/** Records 1 to 9, a second apart. */
const STREAM = Array.from({ length: 9 }, (_, i) =>
  streamRecord(eventAt(NOON_MS), { n: i + 1, arrivalMs: NOON_MS + i * 1000 + 7 }),
);
const BATCH = parseFailedBatch('key', failureRecord(STREAM.slice(2, 6), { withPayload: false }));

const kinesisOf = (options: Parameters<typeof scriptedShard>[1] = {}): KinesisClient =>
  scriptedTarget({ kinesis: scriptedShard(STREAM, options) }).kinesis;

const numbersOf = (records: readonly KinesisRecord[]): string[] => records.map(({ kinesis }) => kinesis.sequenceNumber);

// An empty page is followed by a pause.
beforeEach(() => {
  vi.stubGlobal('setTimeout', (goOn: () => void) => setImmediate(goOn));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a failed batch's range", () => {
  it('is read from the stream as the mapping had delivered it', async () => {
    const records = await readRange(kinesisOf(), BATCH);
    expect(records).toEqual(kinesisEvent('events', SHARD, STREAM.slice(2, 6)).Records);
  });

  it.each([
    ['begins at the oldest record', false],
    ['is told that the number has expired', true],
  ])('lacks what has expired, where whoever asks for it %s', async (_, refusesExpired) => {
    const records = await readRange(kinesisOf({ expired: 4, refusesExpired }), BATCH);
    expect(numbersOf(records)).toEqual([5, 6].map(sequenceNumber));
  });

  it('is empty where all of it has expired', async () => {
    expect(await readRange(kinesisOf({ expired: 7 }), BATCH)).toEqual([]);
    expect(await readRange(kinesisOf({ expired: 9 }), BATCH)).toEqual([]);
  });

  it('fails in one line where the stream is gone', async () => {
    await expect(readRange(kinesisOf({ gone: true }), BATCH)).rejects.toThrow(
      `events/${SHARD} can't be read again: Stream events not found. Use --from payload`,
    );
  });
});

describe('a span of time', () => {
  it('is what arrived from its start on and before its end', async () => {
    const shard = { streamName: 'events', streamArn: BATCH.streamArn, shardId: SHARD };
    const records: KinesisRecord[] = [];
    const span = { sinceMs: NOON_MS + 2007, untilMs: NOON_MS + 5007 };
    for await (const record of readSpan(kinesisOf(), shard, span)) records.push(record);
    expect(records).toEqual(kinesisEvent('events', SHARD, STREAM.slice(2, 5)).Records);
  });
});

describe('what lies between a checkpoint and a record', () => {
  const between = (after: number | null, until: number, options: Parameters<typeof scriptedShard>[1] = {}) =>
    findBetween(kinesisOf(options), {
      stream: 'events',
      shardId: SHARD,
      after: after === null ? null : sequenceNumber(after),
      until: sequenceNumber(until),
    });

  it.each<[string, number | null, number, Parameters<typeof scriptedShard>[1], number | null]>([
    ['the next record', 2, 5, {}, 3],
    ['nothing where the record is the next one', 2, 3, {}, null],
    ['the first of the shard where nothing was read', null, 5, {}, 1],
    ['nothing where the record is the first of the shard', null, 1, {}, null],
    ['nothing where all of it has expired', 2, 5, { expired: 4 }, null],
    ['what has not expired of it', 2, 5, { expired: 3 }, 4],
    ['nothing where the record has expired, too', 2, 5, { expired: 9 }, null],
    ['nothing where the stream is gone', 2, 5, { gone: true }, null],
  ])('is %s', async (_, after, until, options, found) => {
    expect(await between(after, until, options)).toBe(found === null ? null : sequenceNumber(found));
  });
});

/** What is read where the n-th page fails, from 1. */
async function readWith(failures: Record<number, Error>): Promise<(string | undefined)[]> {
  const shard = scriptedShard(STREAM.slice(0, 5));
  let pages = 0;
  const kinesis = (call: Call): unknown => {
    if (call.name === 'GetRecords') {
      const failure = failures[++pages];
      if (failure !== undefined) throw failure;
    }
    return shard(call);
  };
  const read: (string | undefined)[] = [];
  const position = { streamName: 'events', shardId: 'shard', after: sequenceNumber(1) };
  for await (const { SequenceNumber } of readFrom(scriptedTarget({ kinesis }).kinesis, position)) {
    read.push(SequenceNumber);
  }
  return read;
}

const meta = { $metadata: {}, message: 'no' };

describe('a shard from a position on', () => {
  it.each<[string, Record<number, Error>]>([
    ['over pages, empty ones among them', {}],
    [
      'though it is throttled',
      { 1: new ProvisionedThroughputExceededException(meta), 3: new ProvisionedThroughputExceededException(meta) },
    ],
    ['though its iterator expires at once', { 1: new ExpiredIteratorException(meta) }],
    [
      'though its iterator expires on the way',
      { 3: new ExpiredIteratorException(meta), 6: new ExpiredIteratorException(meta) },
    ],
  ])('is read to its end, each record once, %s', async (_, failures) => {
    expect(await readWith(failures)).toEqual([2, 3, 4, 5].map(sequenceNumber));
  });
});
