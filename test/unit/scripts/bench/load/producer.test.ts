import type { PutRecordsCommand, PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import type { LoadRecord } from '#bench/load/pack.ts';
import { type ProducerOptions, sendRecords } from '#bench/load/producer.ts';
import { SendError } from '#bench/load/put-records.ts';

/** A record of one line that says its name and is due at `dueMs`. */
function record(name: string, dueMs = 0, bytes?: number): LoadRecord {
  const data = bytes === undefined ? Buffer.from(name) : Buffer.alloc(bytes, name);
  return { data, partitionKey: name, events: [null], offsetMs: dueMs, dueMs };
}

async function* sourceOf(records: readonly LoadRecord[]): AsyncGenerator<LoadRecord> {
  yield* records;
}

/** What a call does: entries that fail with a code, how long it takes, what it throws. */
type Script = {
  readonly fail?: readonly string[];
  readonly code?: string;
  readonly tookMs?: number;
  readonly error?: Error;
};

/** A stream and a clock that obey a script, call by call; calls beyond it succeed at once. */
function simulate(scripts: readonly Script[] = []) {
  const state = { nowMs: 1_000_000, sequence: 0 };
  const calls: { readonly atMs: number; readonly keys: string[] }[] = [];

  async function send(command: PutRecordsCommand): Promise<PutRecordsCommandOutput> {
    const keys = (command.input.Records ?? []).map((entry) => entry.PartitionKey ?? '');
    const script = scripts[calls.length] ?? {};
    calls.push({ atMs: state.nowMs - 1_000_000, keys });
    state.nowMs += script.tookMs ?? 0;
    if (script.error !== undefined) throw script.error;
    return {
      $metadata: {},
      Records: keys.map((key) => {
        if (script.fail?.includes(key)) return { ErrorCode: script.code ?? 'ProvisionedThroughputExceededException' };
        state.sequence += 1;
        return { ShardId: 'shard-0', SequenceNumber: String(state.sequence) };
      }),
    };
  }

  const sent: { readonly key: string; readonly sequence: bigint; readonly lagMs: number }[] = [];
  const options = {
    client: { send, config: { maxAttempts: async () => 1 } },
    streamName: 'run-1',
    onSent: ({ partitionKey }, { sequenceNumber, lagMs }) => {
      sent.push({ key: partitionKey, sequence: sequenceNumber, lagMs });
    },
    nowMs: () => state.nowMs,
    sleep: async (durationMs) => {
      state.nowMs += Math.max(1, durationMs);
    },
  } satisfies Partial<ProducerOptions>;
  return { options, calls, sent };
}

describe('sendRecords', () => {
  it('sends every record when it is due', async () => {
    const { options, calls, sent } = simulate();
    const result = await sendRecords({
      ...options,
      records: sourceOf([record('a'), record('b', 40), record('c', 90)]),
    });
    expect(calls).toEqual([
      { atMs: 0, keys: ['a'] },
      { atMs: 40, keys: ['b'] },
      { atMs: 90, keys: ['c'] },
    ]);
    expect(sent.map(({ lagMs }) => lagMs)).toEqual([0, 0, 0]);
    expect(result).toMatchObject({ records: 3, lines: 3, bytes: 3, calls: 3, retriedEntries: 0, aborted: false });
  });

  it('catches up in one call after a slow one, and measures the lag from the due times', async () => {
    const { options, calls, sent } = simulate([{ tookMs: 100 }]);
    const records = [0, 10, 20, 30, 200].map((dueMs) => record(`at-${dueMs}`, dueMs));
    const result = await sendRecords({ ...options, records: sourceOf(records) });
    expect(calls).toEqual([
      { atMs: 0, keys: ['at-0'] },
      { atMs: 100, keys: ['at-10', 'at-20', 'at-30'] },
      { atMs: 200, keys: ['at-200'] },
    ]);
    expect([...result.lagsMs]).toEqual([0, 90, 80, 70, 0]);
    expect(sent.map(({ lagMs }) => lagMs)).toEqual([0, 90, 80, 70, 0]);
  });

  it('sends throttled entries again until they are taken, and reports each record once', async () => {
    const { options, calls, sent } = simulate([{ fail: ['b', 'd'] }, { fail: ['d'], code: 'InternalFailure' }]);
    const result = await sendRecords({ ...options, records: sourceOf(['a', 'b', 'c', 'd'].map((key) => record(key))) });
    expect(calls.map(({ keys }) => keys)).toEqual([['a', 'b', 'c', 'd'], ['b', 'd'], ['d']]);
    expect(calls.map(({ atMs }) => atMs)).toEqual([0, 50, 150]);
    expect(sent.map(({ key, sequence }) => [key, sequence])).toEqual([
      ['a', 1n],
      ['c', 2n],
      ['b', 3n],
      ['d', 4n],
    ]);
    expect(result).toMatchObject({ records: 4, calls: 3, retriedEntries: 3 });
  });

  it('repeats a call that was throttled as a whole', async () => {
    const error = Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' });
    const { options, calls, sent } = simulate([{ error }]);
    await sendRecords({ ...options, records: sourceOf([record('a')]) });
    expect(calls).toHaveLength(2);
    expect(sent).toHaveLength(1);
  });

  it('never repeats a call whose outcome nobody knows', async () => {
    const error = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    const { options, calls } = simulate([{ error }]);
    const sending = sendRecords({ ...options, records: sourceOf([record('a')]) });
    await expect(sending).rejects.toBeInstanceOf(SendError);
    await expect(sending).rejects.toThrow(
      "PutRecords of 1 records to 'run-1' got no clear answer (ECONNRESET): they may be stored or not, and sending them again could count them twice; start the run again",
    );
    expect(calls).toHaveLength(1);
  });

  it.each([
    [
      Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
      "PutRecords of 1 records to 'run-1' found no Kinesis endpoint (ECONNREFUSED): check the endpoint and the network",
    ],
    [
      Object.assign(new Error('Stream run-1 not found.'), {
        name: 'ResourceNotFoundException',
        $metadata: { httpStatusCode: 400 },
      }),
      "PutRecords of 1 records to 'run-1' was refused: ResourceNotFoundException: Stream run-1 not found.",
    ],
  ])('says what is wrong after %o', async (error, message) => {
    const { options } = simulate([{ error }]);
    await expect(sendRecords({ ...options, records: sourceOf([record('a')]) })).rejects.toThrow(message);
  });

  it('gives up on an entry that no repetition helps', async () => {
    const { options } = simulate([{ fail: ['a'], code: 'KMSAccessDeniedException' }]);
    await expect(sendRecords({ ...options, records: sourceOf([record('a')]) })).rejects.toThrow(
      "Stream 'run-1' refused a record: KMSAccessDeniedException: no message",
    );
  });

  it('refuses a client that would repeat calls on its own', async () => {
    const { options } = simulate();
    const client = { ...options.client, config: { maxAttempts: async () => 3 } };
    await expect(sendRecords({ ...options, client, records: sourceOf([]) })).rejects.toThrow(
      'Kinesis client makes up to 3 attempts a call: expected maxAttempts: 1',
    );
  });

  it('keeps a call within 500 records and 4 MB', async () => {
    const { options, calls } = simulate();
    const small = Array.from({ length: 1_100 }, (_, index) => record(String(index)));
    const large = Array.from({ length: 9 }, () => record('x', 0, 1_000_000));
    await sendRecords({ ...options, records: sourceOf([...small, ...large]) });
    expect(calls.map(({ keys }) => keys.length)).toEqual([500, 500, 103, 3, 3]);
  });

  it('stops before the next call when it is aborted, and knows what was sent', async () => {
    const { options, calls, sent } = simulate();
    const abort = new AbortController();
    const records = Array.from({ length: 10 }, (_, index) => record(String(index), 10 * index));
    const result = await sendRecords({
      ...options,
      records: sourceOf(records),
      signal: abort.signal,
      onSent: (taken, placement) => {
        options.onSent(taken, placement);
        if (sent.length === 3) abort.abort();
      },
    });
    expect(result).toMatchObject({ records: 3, aborted: true });
    expect(calls).toHaveLength(3);
  });

  it('stops at once while it waits for a source that says nothing', async () => {
    const { options } = simulate();
    const abort = new AbortController();
    async function* silent(): AsyncGenerator<LoadRecord> {
      yield record('a');
      await new Promise<never>(() => {});
    }
    setTimeout(() => abort.abort(), 50);
    const result = await sendRecords({ ...options, records: silent(), signal: abort.signal });
    expect(result).toMatchObject({ records: 1, aborted: true });
  });

  it('stops at once while it waits for a record to become due', async () => {
    const { options } = simulate();
    const { sleep: _, ...realTime } = options;
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    const records = sourceOf([record('a'), record('b', 60_000)]);
    const result = await sendRecords({ ...realTime, records, signal: abort.signal });
    expect(result).toMatchObject({ records: 1, aborted: true });
  });

  it('sends what is due while the source makes it wait for more', async () => {
    const { options, calls } = simulate();
    let release = () => {};
    async function* slow(): AsyncGenerator<LoadRecord> {
      yield record('a');
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      yield record('b');
    }
    await sendRecords({ ...options, records: slow(), onSent: () => release() });
    expect(calls.map(({ keys }) => keys)).toEqual([['a'], ['b']]);
  });

  it('passes on what goes wrong in the source', async () => {
    const { options } = simulate();
    // biome-ignore lint/correctness/useYield: it fails before its first record
    async function* broken(): AsyncGenerator<LoadRecord> {
      throw new Error('unreadable');
    }
    await expect(sendRecords({ ...options, records: broken() })).rejects.toThrow('unreadable');
  });
});
