import { describe, expect, it } from 'vitest';
import { createReceipts } from '#bench/load/receipts.ts';
import { progressOf, readProgress } from '#bench/run/progress.ts';
import type { Progress } from '#functions/contract.ts';
import { sequenceNumber } from '#test/support/records.ts';
import { scriptedTarget } from '#test/support/scripted-target.ts';

/** Three records of 10 lines, 9 of them good, on shard a, and one on shard b. */
function sentToTwoShards() {
  const receipts = createReceipts();
  for (const [shardId, n] of [
    ['a', 1],
    ['a', 2],
    ['a', 3],
    ['b', 1],
  ] as const) {
    receipts.add(shardId, {
      sequenceNumber: BigInt(sequenceNumber(n)),
      lines: 10,
      events: 9,
      intendedMs: 0,
      sentMs: 0,
    });
  }
  return receipts;
}

const at = (checkpoints: Progress['checkpoints']): Progress => ({
  checkpoints,
  events: 7,
  commits: 2,
  watermarkMs: null,
});

describe('progressOf', () => {
  it.each<[string, Progress['checkpoints'], lag: Record<string, number>, linesReached: number, drained: boolean]>([
    ['nothing read', { a: null, b: null }, { a: 27, b: 9 }, 0, false],
    ['shards that are not registered yet', {}, { a: 27, b: 9 }, 0, false],
    ['one shard read', { a: sequenceNumber(3), b: null }, { a: 0, b: 9 }, 30, false],
    ['all but the last record', { a: sequenceNumber(2), b: sequenceNumber(1) }, { a: 9, b: 0 }, 30, false],
    ['all read', { a: sequenceNumber(3), b: sequenceNumber(1) }, { a: 0, b: 0 }, 40, true],
    ['checkpoints beyond what we sent', { a: sequenceNumber(9), b: sequenceNumber(9) }, { a: 0, b: 0 }, 40, true],
    [
      'a shard that nothing was sent to',
      { a: sequenceNumber(3), b: sequenceNumber(1), c: null },
      { a: 0, b: 0 },
      40,
      true,
    ],
  ])('tells the lag per shard with %s', (_name, checkpoints, lag, linesReached, drained) => {
    const progress = progressOf(at(checkpoints), sentToTwoShards());
    expect({ ...progress, lag: Object.fromEntries(progress.lag) }).toEqual({ events: 7, lag, linesReached, drained });
  });

  it('has nothing to drain where nothing was sent', () => {
    expect(progressOf(at({ a: null }), createReceipts())).toEqual({
      events: 7,
      lag: new Map(),
      linesReached: 0,
      drained: true,
    });
  });
});

describe('readProgress', () => {
  it("asks for the run's progress and tells both paths' apart", async () => {
    const requests: unknown[] = [];
    const target = scriptedTarget({
      invoke(functionName, request) {
        requests.push([functionName, request]);
        return {
          microBatch: at({ a: sequenceNumber(3), b: sequenceNumber(1) }),
          scheduledBatch: at({ a: sequenceNumber(1), b: null }),
        };
      },
    });

    const { microBatch, scheduledBatch } = await readProgress(target, 'run1', sentToTwoShards());

    expect(requests).toEqual([['results', { action: 'progress', run: 'run1' }]]);
    expect(microBatch.drained).toBe(true);
    expect(scheduledBatch).toEqual({
      events: 7,
      lag: new Map([
        ['a', 18],
        ['b', 9],
      ]),
      linesReached: 10,
      drained: false,
    });
  });
});
