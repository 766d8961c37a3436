import { describe, expect, it } from 'vitest';
import { createReceipts } from '#bench/load/receipts.ts';
import { coverageOf } from '#bench/verify/coverage.ts';
import type { LedgerRow } from '#functions/contract.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';
import { sequenceNumber } from '#test/support/records.ts';

const RETENTION_MS = 24 * 3_600_000;
const NONE = { lines: 0, events: 0 };

/** Record n of a shard has n lines, one of them malformed; intended at 1,000 + n ms, sent at 1,500 ms. */
function receiptsOf(sent: Record<string, readonly number[]>) {
  const receipts = createReceipts();
  for (const [shardId, numbers] of Object.entries(sent)) {
    for (const n of numbers) {
      receipts.add(shardId, {
        sequenceNumber: BigInt(sequenceNumber(n)),
        lines: n,
        events: n - 1,
        intendedMs: 1_000 + n,
        sentMs: 1_500,
      });
    }
  }
  return receipts;
}

type Range = [first: number, last: number];

/** One commit over a range of each shard; null: it read nothing there. */
function commit(committedMs: number, ranges: Record<string, Range | null>): LedgerRow {
  const shards = Object.entries(ranges).map(([shardId, range]) => ({
    shardId,
    before: null,
    first: range && sequenceNumber(range[0]),
    last: range && sequenceNumber(range[1]),
  }));
  return ledgerRow({ committedMs, shards });
}

describe('coverageOf', () => {
  it('finds every record of a ledger without gaps, and how long its events took', () => {
    const coverage = coverageOf(
      receiptsOf({ a: [1, 2, 3, 4] }),
      [commit(2_000, { a: [1, 3] }), commit(3_000, { a: [4, 4] })],
      RETENTION_MS,
    );
    expect(coverage).toEqual({
      endToEnd: [
        { value: 999, weight: 0 },
        { value: 998, weight: 1 },
        { value: 997, weight: 2 },
        { value: 1_996, weight: 3 },
      ],
      discarded: NONE,
      expired: NONE,
      unread: NONE,
    });
  });

  it('calls a record in a gap that the checkpoint has passed discarded', () => {
    const ledger = [commit(2_000, { a: [2, 3] }), commit(3_000, { a: [6, 6] })];
    const { discarded, expired, unread } = coverageOf(receiptsOf({ a: [1, 2, 3, 4, 5, 6] }), ledger, RETENTION_MS);
    expect(discarded).toEqual({ lines: 1 + 4 + 5, events: 0 + 3 + 4 });
    expect({ expired, unread }).toEqual({ expired: NONE, unread: NONE });
  });

  it.each([
    ['discarded', RETENTION_MS - 1],
    ['expired', RETENTION_MS],
  ] as const)('calls it %s where the next commit came %d ms after it was sent', (term, afterMs) => {
    const ledger = [commit(1_500 + afterMs, { a: [3, 3] })];
    const coverage = coverageOf(receiptsOf({ a: [2, 3] }), ledger, RETENTION_MS);
    expect(coverage).toMatchObject({ discarded: NONE, expired: NONE, [term]: { lines: 2, events: 1 } });
  });

  it('calls what lies behind the last range unread, and all of it where nothing was committed', () => {
    const receipts = receiptsOf({ a: [1, 2, 3], b: [4] });
    const ledger = [commit(2_000, { a: [1, 2] })];
    expect(coverageOf(receipts, ledger, RETENTION_MS)).toMatchObject({
      discarded: NONE,
      unread: { lines: 3 + 4, events: 2 + 3 },
    });
    expect(coverageOf(receipts, [], RETENTION_MS)).toMatchObject({ endToEnd: [], unread: { lines: 10, events: 6 } });
  });

  it('keeps shards apart, also in one commit and where one had nothing to read', () => {
    const ledger = [commit(2_000, { a: [1, 1], b: null }), commit(3_000, { a: [2, 2], b: [1, 3] })];
    const coverage = coverageOf(receiptsOf({ a: [1, 2, 3], b: [1, 2, 3] }), ledger, RETENTION_MS);
    expect(coverage).toMatchObject({ discarded: NONE, unread: { lines: 3, events: 2 } });
    expect(coverage.endToEnd.filter(({ weight }) => weight > 0)).toEqual([
      { value: 1_998, weight: 1 },
      { value: 1_998, weight: 1 },
      { value: 1_997, weight: 2 },
    ]);
  });

  it('puts ranges in the order of their numbers, whichever committed first', () => {
    const ledger = [commit(3_000, { a: [4, 4] }), commit(2_000, { a: [2, 2] })];
    expect(coverageOf(receiptsOf({ a: [2, 3, 4] }), ledger, RETENTION_MS)).toMatchObject({
      endToEnd: [{ value: 998 }, { value: 1_996 }],
      discarded: { lines: 3, events: 2 },
    });
  });

  it('tells neighbours of 56 digits apart, which are one number as doubles', () => {
    expect(Number(sequenceNumber(1))).toBe(Number(sequenceNumber(3)));
    const ledger = [commit(2_000, { a: [1, 1] }), commit(2_000, { a: [3, 3] })];
    expect(coverageOf(receiptsOf({ a: [1, 2, 3] }), ledger, RETENTION_MS).discarded).toEqual({ lines: 2, events: 1 });
  });
});
