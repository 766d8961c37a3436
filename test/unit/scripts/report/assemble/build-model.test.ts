import { describe, expect, it } from 'vitest';
import { fitModel } from '#model/fit/fit-model.ts';
import { STANDARD } from '#model/parameters.ts';
import { buildModel } from '#report/assemble/build-model.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';
import { observationsOf, pathOf } from '#test/support/report-measured.ts';

const UNFITTED = fitModel({ microBatch: [], scheduledBatch: [] }, null, false);
const FITTED = {
  ...UNFITTED,
  parameters: {
    ...STANDARD,
    microBatchCpuMs: 1,
    microBatchCpuMsPerEvent: 0.01,
    microBatchCpuMsPerRecord: 0,
    microBatchCpuMsPerFreshRow: 0,
    microBatchCpuMsPerUpdatedRow: 0,
    coldCpuMs: 7,
  },
};

const runWith = (...rows: { events: number; cpuMs: number; cold?: boolean; startedMs?: number }[]) =>
  observationsOf({
    paths: { microBatch: { ...pathOf(), ledger: rows.map(ledgerRow) }, scheduledBatch: { ...pathOf(), ledger: [] } },
  });

describe('buildModel', () => {
  it('holds the model against the invocations of all live runs, the cold ones with what a cold start takes', () => {
    const { live } = buildModel(FITTED, [
      // Predicted 2, 3 and 9 ms.
      runWith({ events: 100, cpuMs: 4 }, { events: 200, cpuMs: 4 }),
      runWith({ events: 100, cpuMs: 9, cold: true }),
    ]);
    // Off by 50 %, 25 % and nothing; 14 of 17 ms in all.
    expect(live.microBatch).toEqual({ median: 0.25, p95: 0.5, total: expect.closeTo(3 / 17, 9), count: 3 });
  });

  it('leaves out the first half of a live run, while its code is still being compiled, but where it is to be whole', () => {
    const { live, liveWhole } = buildModel(FITTED, [
      runWith(
        { events: 100, cpuMs: 90, startedMs: 0 },
        { events: 100, cpuMs: 80, startedMs: 4_999 },
        { events: 100, cpuMs: 2, startedMs: 5_000 },
        { events: 100, cpuMs: 4, startedMs: 10_000 },
      ),
    ]);
    // Predicted 2 ms each; of the latter two, 2 and 4 ms.
    expect(live.microBatch).toEqual({ median: 0, p95: 0.5, total: expect.closeTo(2 / 6, 9), count: 2 });
    // Off by 88 of 90, 78 of 80, nothing and 2 of 4; 168 of 176 ms in all.
    expect(liveWhole.microBatch).toEqual({
      median: 0.5,
      p95: expect.closeTo(88 / 90, 9),
      total: expect.closeTo(168 / 176, 9),
      count: 4,
    });
  });

  it('takes a ledger with more rows than a function has arguments', () => {
    const ledger = Array.from({ length: 200_000 }, (_, i) => ledgerRow({ events: 100, cpuMs: 2, startedMs: i }));
    const paths = { microBatch: { ...pathOf(), ledger }, scheduledBatch: { ...pathOf(), ledger: [] } };
    expect(buildModel(FITTED, [observationsOf({ paths })]).live.microBatch?.count).toBe(100_000);
  });

  it('has no error on a path that did nothing', () => {
    expect(buildModel(FITTED, [runWith()])).toMatchObject({
      live: { microBatch: null, scheduledBatch: null },
      liveWhole: { microBatch: null, scheduledBatch: null },
    });
  });

  it('passes on how far the fits are off', () => {
    const errors = { cpuError: { microBatch: 0.06, scheduledBatch: 0.04 }, databaseError: 0.08, initError: 0.3 };
    expect(buildModel({ ...FITTED, ...errors }, [])).toMatchObject(errors);
  });

  it('says what each parameter is, and that nothing was fitted where nothing was', () => {
    const { parameters, origins, cpuError, fittedEvents, fittedRecords, fittedRows, fits } = buildModel(UNFITTED, []);
    expect(parameters).toEqual(STANDARD);
    expect(Object.values(origins)).not.toContain('fitted');
    expect(cpuError).toEqual({ microBatch: null, scheduledBatch: null });
    expect(fittedEvents).toEqual({ microBatch: null, scheduledBatch: null });
    expect(fittedRecords).toEqual({ microBatch: null, scheduledBatch: null });
    expect(fittedRows).toEqual({ microBatch: null, scheduledBatch: null });
    expect(fits.microBatch.whyNot).toMatch(/only 0 warm invocations/);
  });
});
