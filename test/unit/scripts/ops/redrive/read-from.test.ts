import { ExpiredIteratorException, ProvisionedThroughputExceededException } from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readFrom } from '#ops/redrive/read-from.ts';
import { eventAt, NOON_MS, sequenceNumber, streamRecord } from '#test/support/records.ts';
import { scriptedShard } from '#test/support/scripted-shard.ts';
import { type Call, scriptedTarget } from '#test/support/scripted-target.ts';

const STREAM = [1, 2, 3, 4, 5].map((n) => streamRecord(eventAt(NOON_MS), { n }));

beforeEach(() => {
  vi.stubGlobal('setTimeout', (goOn: () => void) => setImmediate(goOn));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What is read where the n-th page fails, from 1. */
async function readWith(failures: Record<number, Error>): Promise<(string | undefined)[]> {
  const shard = scriptedShard(STREAM);
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
