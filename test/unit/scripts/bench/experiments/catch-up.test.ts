import { describe, expect, it } from 'vitest';
import { toCatchUp } from '#bench/experiments/drain-measurements.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';

const NO_REPORTS = { invocations: 2, reports: [] };

describe('toCatchUp', () => {
  it('divides all events by the time from the first start to the last commit, of whichever shard', () => {
    const rows = [
      ledgerRow({ startedMs: 10_400, committedMs: 12_500, events: 3_000 }),
      ledgerRow({ startedMs: 10_000, committedMs: 11_000, events: 2_000 }),
    ];
    expect(toCatchUp(rows, NO_REPORTS, 9_300)).toEqual({
      invocations: 2,
      durationMs: 2_500,
      eventsPerSecond: 2_000,
      mappingMs: 700,
      maxMemoryMb: null,
    });
  });

  it('has the greatest memory that the platform reports', () => {
    const report = { requestId: '1', status: 'success', durationMs: 1, billedDurationMs: 1, initDurationMs: null };
    const reports = [80, 120, 90].map((maxMemoryUsedMB) => ({ ...report, maxMemoryUsedMB }));
    expect(toCatchUp([ledgerRow()], { invocations: 3, reports }, 0).maxMemoryMb).toBe(120);
  });

  it('stays finite where the clocks disagree, or nothing was counted', () => {
    const backwards = ledgerRow({ startedMs: 1_000, committedMs: 999, events: 5 });
    expect(toCatchUp([backwards], NO_REPORTS, 1_001)).toMatchObject({
      durationMs: 1,
      eventsPerSecond: 5_000,
      mappingMs: 0,
    });
    expect(toCatchUp([], NO_REPORTS, 0)).toMatchObject({ durationMs: 0, eventsPerSecond: 0, mappingMs: 0 });
  });
});
