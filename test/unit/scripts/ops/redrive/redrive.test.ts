import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RedriveAnswer, RedriveRequest } from '#functions/contract.ts';
import { parseFailedBatch } from '#ops/redrive/failed-batch.ts';
import { findBatches, redriveBatch, redriveSpan } from '#ops/redrive/redrive.ts';
import type { RedriveStack } from '#ops/redrive/redrive-stack.ts';
import { failureRecord } from '#test/support/failure-record.ts';
import { eventAt, NOON_MS, sequenceNumber, streamRecord } from '#test/support/records.ts';
import { scriptedBucket } from '#test/support/scripted-bucket.ts';
import { scriptedShard } from '#test/support/scripted-shard.ts';
import { type Call, FunctionFailure, type Script, scriptedTarget } from '#test/support/scripted-target.ts';
import { UsageError } from '#text/usage-error.ts';

const STREAM = Array.from({ length: 9 }, (_, i) =>
  streamRecord(eventAt(NOON_MS), { n: i + 1, arrivalMs: NOON_MS + i * 1000 }),
);
const folders: string[] = [];

// An empty page is followed by a pause.
beforeEach(() => {
  vi.stubGlobal('setTimeout', (goOn: () => void) => setImmediate(goOn));
});

afterEach(() => {
  vi.unstubAllGlobals();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Counts whatever it is given. */
const countAll = (_: string, { redrive: { Records } }: RedriveRequest): RedriveAnswer => ({
  stream: 'events',
  shardId: 'shard',
  records: Records.length,
  counted: Records.length,
  ranges: [],
  events: Records.length,
  quarantined: 0,
  dropped: 0,
  alreadyCounted: 0,
  ahead: null,
});

function stackOf(objects: Record<string, string>, script: Script = {}): RedriveStack & { calls: Call[] } {
  const { kinesis, lambda, calls } = scriptedTarget({ kinesis: scriptedShard(STREAM), invoke: countAll, ...script });
  const names = { microBatchFunction: 'micro', streamName: 'events', failedBatches: 'bucket' };
  return { kinesis, lambda, s3: scriptedBucket(() => objects), ...names, calls };
}

const sourcesOf = async (stack: RedriveStack, ...names: string[]) => {
  const { batches, ...rest } = await findBatches(stack, names);
  return { sources: batches.map(({ source }) => source), ...rest };
};

describe('finding failed batches', () => {
  const objects = {
    'aws/lambda/1/b': failureRecord(STREAM.slice(4, 6)),
    'aws/lambda/1/a': failureRecord(STREAM.slice(2, 4)),
    'aws/lambda/1/run': failureRecord(STREAM.slice(2, 4), { stream: 'events-run-1' }),
    'aws/lambda/1/broken': '{',
    'something-else': 'x',
  };

  it('finds all of the deployed stream, in its order, and says what it left out or could not read', async () => {
    expect(await sourcesOf(stackOf(objects))).toEqual({
      sources: ['aws/lambda/1/a', 'aws/lambda/1/b'],
      unreadable: ['aws/lambda/1/broken is no failure record: expected a JSON object; name another, or remove it'],
      ofOtherStreams: 1,
    });
  });

  it('finds those that are named, of whatever stream, as keys or files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tidemark-redrive-'));
    folders.push(folder);
    const file = join(folder, 'kept.json');
    writeFileSync(file, failureRecord(STREAM.slice(0, 2)));
    expect(await sourcesOf(stackOf(objects), 'aws/lambda/1/run', file)).toEqual({
      sources: [file, 'aws/lambda/1/run'],
      unreadable: [],
      ofOtherStreams: 0,
    });
  });

  it('is refused with a name that nothing has', async () => {
    await expect(findBatches(stackOf(objects), ['gone'])).rejects.toThrow(
      new UsageError("No failure record 'gone': expected a file, or a key in bucket; see --list"),
    );
  });
});

describe('redriving a failed batch', () => {
  const text = failureRecord(STREAM.slice(2, 6));
  const batch = parseFailedBatch('aws/lambda/1/a', text);
  const objects = { 'aws/lambda/1/a': text };
  const readStream = ({ calls }: { calls: Call[] }) => calls.some(({ name }) => name === 'GetRecords');

  it('takes the records from its payload', async () => {
    const stack = stackOf(objects);
    expect(await redriveBatch(stack, batch, 'payload')).toMatchObject({ counted: 4, problem: null });
    expect(readStream(stack)).toBe(false);
  });

  it.each([
    ['where that is asked for', batch, 'stream' as const],
    ['where it has no payload', { ...batch, hasPayload: false }, 'payload' as const],
  ])('takes the records from the stream %s', async (_, given, from) => {
    const stack = stackOf(objects);
    expect(await redriveBatch(stack, given, from)).toMatchObject({ records: 4, counted: 4, problem: null });
    expect(readStream(stack)).toBe(true);
  });

  it('counts what has not expired, and names what is lost', async () => {
    const stack = stackOf({}, { kinesis: scriptedShard(STREAM, { expired: 4 }) });
    const row = await redriveBatch(stack, { ...batch, hasPayload: false }, 'stream');
    expect(row).toMatchObject({ records: 2, counted: 2 });
    expect(row.problem).toBe(
      `2 of 4 records, from ${sequenceNumber(3)} to before ${sequenceNumber(5)}, are older than the stream's retention; they are lost, unless you have a file with them`,
    );
  });

  it('names all of them where all have expired, and who still has them', async () => {
    const stack = stackOf({}, { kinesis: scriptedShard(STREAM, { expired: 9 }) });
    const { counted, problem } = await redriveBatch(stack, batch, 'stream');
    expect(counted).toBe(0);
    expect(problem).toBe(
      `4 of 4 records, from ${sequenceNumber(3)} to ${sequenceNumber(6)}, are older than the stream's retention; the payload has them: use --from payload`,
    );
  });

  it("answers with the function's message where that fails, so that the next batch has its turn", async () => {
    const stack = stackOf(objects, {
      invoke: () => {
        throw new FunctionFailure('Error', "No tables for stream 'events'");
      },
    });
    expect(await redriveBatch(stack, batch, 'payload')).toMatchObject({
      source: 'aws/lambda/1/a',
      counted: 0,
      problem: "micro failed: No tables for stream 'events'",
    });
  });

  it('ends the command where nothing else could be done either', async () => {
    const stack = stackOf(objects, {
      lambda: () => undefined,
      onCall: () => {
        throw new UsageError('The AWS credentials have expired');
      },
    });
    await expect(redriveBatch(stack, batch, 'payload')).rejects.toThrow('The AWS credentials have expired');
  });
});

describe('redriving a span of time', () => {
  const kinesis = (call: Call): unknown => {
    if (call.name === 'DescribeStreamSummary')
      return { StreamDescriptionSummary: { StreamARN: 'arn:aws:k:::stream/events' } };
    if (call.name !== 'ListShards') return scriptedShard(STREAM)(call);
    return call.input.NextToken === undefined
      ? { Shards: [{ ShardId: 'one' }], NextToken: 'more' }
      : { Shards: [{ ShardId: 'two' }] };
  };
  const span = { sinceMs: NOON_MS + 1000, untilMs: NOON_MS + 4000 };

  it('hands over what arrived in it on every shard', async () => {
    const rows = await redriveSpan(stackOf({}, { kinesis }), { ...span, shardIds: undefined });
    expect(rows).toMatchObject([
      { source: 'the stream', shardId: 'one', records: 3, counted: 3, problem: null },
      { source: 'the stream', shardId: 'two', records: 3, counted: 3, problem: null },
    ]);
  });

  it('does so on the shards that are named, and knows which there are', async () => {
    const stack = stackOf({}, { kinesis });
    expect(await redriveSpan(stack, { ...span, shardIds: ['two'] })).toMatchObject([{ shardId: 'two', records: 3 }]);
    await expect(redriveSpan(stack, { ...span, shardIds: ['three'] })).rejects.toThrow(
      new UsageError("No shard 'three' in events: expected some of one, two"),
    );
  });
});
