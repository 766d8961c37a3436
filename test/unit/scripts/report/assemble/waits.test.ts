import { describe, expect, it } from 'vitest';
import { waitsOf } from '#report/assemble/waits.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';

describe('waitsOf', () => {
  it('takes each bucket of arrivals at its middle', () => {
    const row = ledgerRow({ committedMs: 1_000, arrivals: { widthMs: 4, buckets: [100, 200], events: [3, 2] } });
    // 400 to 403 and 800 to 803.
    expect(waitsOf(row)).toEqual([
      { arrivedMs: 401.5, value: 598.5, weight: 3 },
      { arrivedMs: 801.5, value: 198.5, weight: 2 },
    ]);
  });

  it('takes a bucket of one millisecond as it is', () => {
    const row = ledgerRow({ committedMs: 10, arrivals: { widthMs: 1, buckets: [7], events: [1] } });
    expect(waitsOf(row)).toEqual([{ arrivedMs: 7, value: 3, weight: 1 }]);
  });
});
