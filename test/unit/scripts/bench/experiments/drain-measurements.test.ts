import { describe, expect, it } from 'vitest';
import { toBatchMeasurement, toCatchUp } from '#bench/experiments/drain-measurements.ts';
import type { PlatformReport } from '#bench/verify/platform-reports.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';

const CALLS = { invocations: 2, durationMs: 1_234 };

const report = (requestId: string, given: Partial<PlatformReport> = {}): PlatformReport => ({
  requestId,
  status: 'success',
  durationMs: 500,
  billedDurationMs: 501,
  maxMemoryUsedMB: 100,
  initDurationMs: null,
  ...given,
});

const FIRST = ledgerRow({ id: '1', requestId: 'one', cold: true });
const SECOND = ledgerRow({ id: '2', requestId: 'two' });

describe('toBatchMeasurement', () => {
  it("sums what the platform reports of the batch's own invocations", () => {
    const reports = [
      report('one', { initDurationMs: 200, billedDurationMs: 700, maxMemoryUsedMB: 90 }),
      report('two'),
      report("another batch's", { billedDurationMs: 9_999, maxMemoryUsedMB: 999, initDurationMs: 99 }),
    ];
    expect(toBatchMeasurement(CALLS, [FIRST, SECOND], reports)).toEqual({
      cold: true,
      invocations: 2,
      durationMs: 1_234,
      billedDurationMs: 1_201,
      initMs: 200,
      maxMemoryMb: 100,
      rows: [FIRST, SECOND],
    });
  });

  it('has no bill where one invocation is not reported', () => {
    const measured = toBatchMeasurement(CALLS, [FIRST, SECOND], [report('two')]);
    expect(measured).toMatchObject({ billedDurationMs: null, initMs: null, maxMemoryMb: 100 });
  });

  it('is cold where its first invocation was', () => {
    expect(toBatchMeasurement(CALLS, [SECOND, FIRST], []).cold).toBe(false);
    expect(toBatchMeasurement(CALLS, [FIRST], []).cold).toBe(true);
  });

  it('has no figure of a batch that committed nothing', () => {
    const nothing = { cold: false, billedDurationMs: null, initMs: null, maxMemoryMb: null, rows: [] };
    expect(toBatchMeasurement(CALLS, [], [report('one')])).toMatchObject(nothing);
  });
});

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
