import { describe, expect, it } from 'vitest';
import { toBatchMeasurement } from '#bench/experiments/drain-measurements.ts';
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
