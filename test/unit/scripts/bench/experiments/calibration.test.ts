import { describe, expect, it } from 'vitest';
import { afterWarmUp } from '#bench/experiments/calibration.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';
import { sequenceNumber } from '#test/support/records.ts';

/** An invocation that read these records of each shard; null: none of it. */
const invocation = (id: string, ranges: Record<string, [first: number, last: number] | null>) =>
  ledgerRow({
    id,
    shards: Object.entries(ranges).map(([shardId, range]) => ({
      shardId,
      before: null,
      first: range === null ? null : sequenceNumber(range[0]),
      last: range === null ? null : sequenceNumber(range[1]),
    })),
  });

const ENDS = new Map([
  ['a', BigInt(sequenceNumber(10))],
  ['b', BigInt(sequenceNumber(5))],
]);
const idsOf = (...ledger: ReturnType<typeof invocation>[]) => afterWarmUp(ledger, ENDS).map(({ id }) => id);

describe('afterWarmUp', () => {
  it('leaves out what counted any of the warm-up, on whichever shard', () => {
    expect(
      idsOf(
        invocation('all of it', { a: [1, 10], b: [1, 5] }),
        invocation('its last record', { a: [10, 12], b: [6, 9] }),
        invocation('none of it', { a: [11, 12], b: [6, 9] }),
      ),
    ).toEqual(['none of it']);
  });

  it('judges a batch of one shard by that shard', () => {
    expect(idsOf(invocation('a', { a: [6, 9] }), invocation('b', { b: [6, 9] }))).toEqual(['b']);
  });

  it('keeps what read nothing of a shard, and shards that had no warm-up', () => {
    expect(idsOf(invocation('1', { a: null, b: [6, 6] }), invocation('2', { c: [1, 1] }))).toEqual(['1', '2']);
  });
});
