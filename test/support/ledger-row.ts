import type { LedgerRow } from '#functions/contract.ts';

/** A row of the ledger in which nothing happened, but for what the test says. */
export function ledgerRow(given: Partial<LedgerRow> = {}): LedgerRow {
  return {
    id: '1',
    requestId: 'request',
    cold: false,
    startedMs: 0,
    committedMs: 0,
    shards: [],
    records: 0,
    events: 0,
    bytes: 0,
    rowsWritten: 0,
    rowsFresh: 0,
    late: 0,
    dropped: 0,
    afterFinal: 0,
    quarantined: 0,
    pathWatermarkMs: null,
    memoryMb: 0,
    cpuMs: 0,
    readWaitMs: 0,
    databaseWaitMs: 0,
    arrivals: { widthMs: 1, buckets: [], events: [] },
    ...given,
  };
}
