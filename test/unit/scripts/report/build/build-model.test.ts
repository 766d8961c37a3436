import { describe, expect, it } from 'vitest';
import { fitModel } from '../../../../../scripts/fit/fit-model.ts';
import { STANDARD } from '../../../../../scripts/model/parameters.ts';
import { buildModel } from '../../../../../scripts/report/build/build-model.ts';
import { ledgerRow } from '../../../../support/ledger-row.ts';
import { observationsOf, pathOf } from '../../../../support/report-measured.ts';

const UNFITTED = fitModel({ microBatch: [], scheduledBatch: [] }, null, 'embedded');
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

const runWith = (...rows: { events: number; cpuMs: number; cold?: boolean }[]) =>
  observationsOf({
    paths: { micro_batch: { ...pathOf(), ledger: rows.map(ledgerRow) }, scheduled_batch: { ...pathOf(), ledger: [] } },
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

  it('has no error on a path that did nothing', () => {
    expect(buildModel(FITTED, [runWith()]).live).toEqual({ microBatch: null, scheduledBatch: null });
  });

  it('says what each parameter is, and that nothing was fitted where nothing was', () => {
    const { parameters, origins, cpuError, fittedEvents, fits } = buildModel(UNFITTED, []);
    expect(parameters).toEqual(STANDARD);
    expect(Object.values(origins)).not.toContain('fitted');
    expect(cpuError).toEqual({ microBatch: null, scheduledBatch: null });
    expect(fittedEvents).toEqual({ microBatch: null, scheduledBatch: null });
    expect(fits.microBatch.whyNot).toMatch(/only 0 warm invocations/);
  });
});
