import { describe, expect, it } from 'vitest';
import { createReceipts } from '#bench/load/receipts.ts';

/** 56 digits, like the real ones: they differ far beyond what a number can tell apart. */
const base = 49_680_469_487_307_548_650_119_008_825_208_630_307_593_501_988_219_781_120n;

function receipt(step: number, lines: number, events = lines) {
  return { sequenceNumber: base + BigInt(step), lines, events, intendedMs: 1_000 + step, sentMs: 2_000 + step };
}

describe('createReceipts', () => {
  it('knows what was sent up to a sequence number, per shard', () => {
    const receipts = createReceipts();
    receipts.add('a', receipt(10, 3, 2));
    receipts.add('b', receipt(15, 100));
    receipts.add('a', receipt(20, 4));
    expect(receipts.sentUpTo('a', null)).toEqual({ records: 0, lines: 0, events: 0 });
    expect(receipts.sentUpTo('a', base + 9n)).toEqual({ records: 0, lines: 0, events: 0 });
    expect(receipts.sentUpTo('a', base + 10n)).toEqual({ records: 1, lines: 3, events: 2 });
    expect(receipts.sentUpTo('a', base + 19n)).toEqual({ records: 1, lines: 3, events: 2 });
    expect(receipts.sentUpTo('a', base + 99n)).toEqual({ records: 2, lines: 7, events: 6 });
    expect(receipts.sentUpTo('c', base)).toEqual({ records: 0, lines: 0, events: 0 });
    expect(receipts.totals()).toEqual({ records: 3, lines: 107, events: 106 });
  });

  it('puts a receipt that comes out of order where it belongs', () => {
    const receipts = createReceipts();
    for (const step of [10, 40, 20, 30, 5]) receipts.add('a', receipt(step, step, step - 1));
    expect([...receipts.ofShard('a')]).toEqual([5, 10, 20, 30, 40].map((step) => receipt(step, step, step - 1)));
    expect(receipts.sentUpTo('a', base + 20n)).toEqual({ records: 3, lines: 35, events: 32 });
    expect(receipts.lastSequenceNumbers()).toEqual(new Map([['a', base + 40n]]));
  });

  it('grows beyond its first allocation', () => {
    const receipts = createReceipts();
    for (let step = 1; step <= 5_000; step += 1) receipts.add('a', receipt(step, 2));
    expect(receipts.sentUpTo('a', base + 4_321n)).toEqual({ records: 4_321, lines: 8_642, events: 8_642 });
  });

  it('has nothing for a shard without records', () => {
    expect([...createReceipts().ofShard('a')]).toEqual([]);
    expect(createReceipts().lastSequenceNumbers()).toEqual(new Map());
  });
});
