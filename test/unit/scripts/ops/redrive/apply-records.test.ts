import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RedriveAnswer, RedriveRequest } from '#functions/contract.ts';
import { applyRecords, cutIntoInvocations } from '#ops/redrive/apply-records.ts';
import { eventAt, kinesisEvent, NOON_MS, sequenceNumber, streamRecord } from '#test/support/records.ts';
import { scriptedShard } from '#test/support/scripted-shard.ts';
import { FunctionFailure, scriptedTarget } from '#test/support/scripted-target.ts';

const streamRecords = (from: number, to: number, bytes = 0) =>
  Array.from({ length: to - from + 1 }, (_, i) => streamRecord([eventAt(NOON_MS), ' '.repeat(bytes)], { n: from + i }));
const delivered = (from: number, to: number, bytes = 0) =>
  kinesisEvent('events', 'shard', streamRecords(from, to, bytes)).Records;

/** What the function would answer, of which shard it has counted up to `checkpoint`, and gaps besides. */
function functionAt(state: { checkpoint: number; gaps: number[] }, asked: RedriveRequest['redrive'][] = []) {
  return (_: string, { redrive }: RedriveRequest): RedriveAnswer => {
    asked.push(redrive);
    const base = BigInt(sequenceNumber(0));
    const numbers = redrive.Records.map(({ kinesis }) => Number(BigInt(kinesis.sequenceNumber) - base));
    const inGaps = numbers.filter((n) => state.gaps.includes(n));
    state.gaps = state.gaps.filter((n) => !inGaps.includes(n));
    const beyond = numbers.filter((n) => n > state.checkpoint);
    const after = redrive.after === undefined ? (numbers[0] as number) : Number(BigInt(redrive.after ?? base) - base);
    const left = after > state.checkpoint ? beyond : [];
    const counted = inGaps.length + beyond.length - left.length;
    const checkpoint = sequenceNumber(state.checkpoint);
    if (left.length === 0) state.checkpoint = Math.max(state.checkpoint, numbers.at(-1) as number);
    return {
      stream: 'events',
      shardId: 'shard',
      records: numbers.length,
      counted,
      ranges: [],
      events: counted,
      quarantined: 0,
      dropped: 0,
      alreadyCounted: numbers.length - counted - left.length,
      ahead: left.length === 0 ? null : { first: sequenceNumber(left[0] as number), records: left.length, checkpoint },
    };
  };
}

function target(state: { checkpoint: number; gaps: number[] }, stream = streamRecords(1, 20)) {
  const asked: RedriveRequest['redrive'][] = [];
  const { kinesis, lambda } = scriptedTarget({ kinesis: scriptedShard(stream), invoke: functionAt(state, asked) });
  return { clients: { kinesis, lambda, microBatchFunction: 'micro' }, asked };
}

// An empty page is followed by a pause.
beforeEach(() => {
  vi.stubGlobal('setTimeout', (goOn: () => void) => setImmediate(goOn));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('applying records', () => {
  it('adds up what the function counted and what it had counted before', async () => {
    const { clients } = target({ checkpoint: 9, gaps: [4, 5] });
    expect(await applyRecords(clients, delivered(3, 6))).toEqual({
      records: 4,
      counted: 2,
      alreadyCounted: 2,
      events: 2,
      quarantined: 0,
      dropped: 0,
      refused: null,
    });
  });

  it('asks again with what lies before them, where the stream has nothing between the checkpoint and them', async () => {
    const { clients, asked } = target({ checkpoint: 3, gaps: [] });
    expect(await applyRecords(clients, delivered(4, 6))).toMatchObject({
      counted: 3,
      alreadyCounted: 0,
      refused: null,
    });
    expect(asked.map(({ after }) => after)).toEqual([undefined, sequenceNumber(3)]);
  });

  it('does so too where all that lay between has expired', async () => {
    const { clients } = target({ checkpoint: 3, gaps: [] }, streamRecords(6, 9));
    expect(await applyRecords(clients, delivered(6, 7))).toMatchObject({ counted: 2, refused: null });
  });

  it('leaves them where the stream has a record between: the mapping still delivers it', async () => {
    const { clients, asked } = target({ checkpoint: 3, gaps: [] });
    const applied = await applyRecords(clients, delivered(6, 8));
    expect(applied).toMatchObject({ records: 3, counted: 0, alreadyCounted: 0 });
    expect(applied.refused).toBe(
      `3 records from ${sequenceNumber(6)} on are ahead of the path, whose checkpoint is ${sequenceNumber(3)}, ` +
        `and record ${sequenceNumber(4)} comes first: wait until the mapping delivers it, or redrive the batch that has it`,
    );
    expect(asked).toHaveLength(1);
  });

  it('counts a gap even so, when it is in the same batch', async () => {
    const { clients } = target({ checkpoint: 3, gaps: [2] });
    expect(await applyRecords(clients, delivered(2, 6))).toMatchObject({
      counted: 4,
      alreadyCounted: 1,
      refused: null,
    });
  });

  it('sends more than an invocation may carry in parts, each after the one before it', async () => {
    const { clients, asked } = target({ checkpoint: 2, gaps: [] });
    const applied = await applyRecords(clients, delivered(2, 13, 700_000)); // in base64 a third more
    expect(applied).toMatchObject({ records: 12, counted: 11, alreadyCounted: 1, refused: null });
    expect(asked.map(({ Records }) => Records.length)).toEqual([5, 5, 2]);
    expect(asked.map(({ after }) => after)).toEqual([undefined, sequenceNumber(6), sequenceNumber(11)]);
    for (const redrive of asked) expect(JSON.stringify({ redrive }).length).toBeLessThan(6_000_000);
  });

  it("fails with the function's own message", async () => {
    const { kinesis, lambda } = scriptedTarget({
      invoke: () => {
        throw new FunctionFailure('RangeError', "Unknown stream 'orders'");
      },
    });
    await expect(applyRecords({ kinesis, lambda, microBatchFunction: 'micro' }, delivered(1, 1))).rejects.toThrow(
      "micro failed: Unknown stream 'orders'",
    );
  });
});

describe('cutting into invocations', () => {
  async function sizes(bytes: number[], most: number): Promise<number[]> {
    const records = bytes.map((size, i) => delivered(i + 1, i + 1, size)[0] as never);
    const parts: number[] = [];
    for await (const part of cutIntoInvocations(records, most)) parts.push(part.length);
    return parts;
  }

  it.each<[string, number[], number, number[]]>([
    ['nothing', [], 1000, []],
    ['all into one', [0, 0, 0], 5000, [3]],
    ['one each', [0, 0, 0], 500, [1, 1, 1]],
  ])('makes %s', async (_, bytes, most, parts) => {
    expect(await sizes(bytes, most)).toEqual(parts);
  });

  it('names a record that no invocation can carry', async () => {
    await expect(sizes([0, 5000], 1000)).rejects.toThrow(
      new RegExp(`^Record ${sequenceNumber(2)} takes \\d+ bytes, more than the 1000 that an invocation may have`),
    );
  });
});
