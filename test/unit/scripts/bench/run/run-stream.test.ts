import { LimitExceededException, ResourceInUseException, ResourceNotFoundException } from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { awaitStream, createStream, removeStream } from '#bench/run/run-stream.ts';
import { scriptedTarget } from '#test/support/scripted-target.ts';
import { UsageError } from '#text/usage-error.ts';

const STREAM = 'events-run-1';
const missing = () => new ResourceNotFoundException({ message: `Stream ${STREAM} not found.`, $metadata: {} });
const inUse = () => new ResourceInUseException({ message: `Stream ${STREAM} not ACTIVE.`, $metadata: {} });

/** A stream that is in these states, one after the other as it is asked for, and stays in the last. */
function streamIn(states: readonly (string | Error)[], deletions: readonly Error[] = []) {
  const [left, refusals] = [[...states], [...deletions]];
  return scriptedTarget({
    kinesis({ name }) {
      const refusal = name === 'DeleteStream' ? refusals.shift() : undefined;
      if (refusal !== undefined) throw refusal;
      if (name === 'ListShards') return { Shards: [{ ShardId: 'shardId-000000000000' }] };
      if (name !== 'DescribeStreamSummary') return {};
      const state = left.length > 1 ? left.shift() : left[0];
      if (state instanceof Error) throw state;
      return { StreamDescriptionSummary: { StreamName: STREAM, StreamStatus: state, OpenShardCount: 1 } };
    },
  });
}

/** Runs through all waiting at once; the error's message where there is one. */
async function outcomeOf<Result>(work: Promise<Result>): Promise<Result | string> {
  const outcome = work.catch((error: Error) => error.message);
  await vi.runAllTimersAsync();
  return outcome;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('createStream', () => {
  it('says what to do where the account may not have so many shards', async () => {
    const target = scriptedTarget({
      kinesis() {
        throw new LimitExceededException({
          message: 'This request would exceed the shard limit for the account 123456789012 in us-east-1',
          $metadata: {},
        });
      },
    });
    await expect(createStream(target.kinesis, STREAM, 64)).rejects.toThrow(
      new UsageError(
        "Can't create a stream of 64 shards: This request would exceed the shard limit for the account 123456789012 in us-east-1: " +
          "use fewer, remove left runs, or have the account's quota raised",
      ),
    );
  });
});

describe('awaitStream', () => {
  it('waits until the stream can be seen and is ACTIVE, and gives its shards', async () => {
    const target = streamIn([missing(), 'CREATING', 'CREATING', 'ACTIVE']);
    expect(await outcomeOf(awaitStream(target.kinesis, STREAM))).toEqual(['shardId-000000000000']);
    expect(target.calls.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 4 }, () => 'DescribeStreamSummary'),
      'ListShards',
    ]);
  });

  it('fails at once where it may not look, which the waiter of the SDK would take for a stream to come', async () => {
    const target = streamIn([new Error('not authorized to perform: kinesis:DescribeStreamSummary')]);
    expect(await outcomeOf(awaitStream(target.kinesis, STREAM))).toMatch(/kinesis:DescribeStreamSummary/);
    expect(target.calls).toHaveLength(1);
  });

  it('gives up after three minutes', async () => {
    expect(await outcomeOf(awaitStream(streamIn(['CREATING']).kinesis, STREAM))).toBe(
      `Stream ${STREAM} is 'CREATING' after 180 s, expected ACTIVE: try again`,
    );
  });
});

describe('removeStream', () => {
  it.each<[string, (string | Error)[], Error[], calls: string[]]>([
    ['deletes it', ['ACTIVE'], [], ['DeleteStream']],
    ['is content where it is gone', [missing()], [missing()], ['DeleteStream']],
    ['is content where it is going', ['DELETING'], [inUse()], ['DeleteStream', 'DescribeStreamSummary']],
    [
      'waits until one that is being made can be deleted',
      ['CREATING'],
      [inUse()],
      ['DeleteStream', 'DescribeStreamSummary', 'DeleteStream'],
    ],
  ])('%s', async (_name, states, deletions, calls) => {
    const target = streamIn(states, deletions);
    expect(await outcomeOf(removeStream(target.kinesis, STREAM))).toBeUndefined();
    expect(target.calls.map(({ name }) => name)).toEqual(calls);
  });

  it('gives up after three minutes', async () => {
    const target = streamIn(['CREATING'], Array.from({ length: 1_000 }, inUse));
    expect(await outcomeOf(removeStream(target.kinesis, STREAM))).toBe(
      `Stream ${STREAM} could not be deleted within 180 s: it is in use`,
    );
  });
});
