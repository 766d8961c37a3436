import { describe, expect, it } from 'vitest';
import type { Keys } from '../../../../../scripts/model/keys.ts';
import { STANDARD } from '../../../../../scripts/model/parameters.ts';
import { GENERATED_LOAD } from '../../../../../scripts/model/workload.ts';
import { buildBatchingWindow } from '../../../../../scripts/report/build/build-batching-window.ts';
import { batchingWindowOf, EXACT_PATH, idlePath, pathOf } from '../../../../support/report-measured.ts';

const ONE_KEY: Keys = { kind: 'zipf', hosts: 1, referrers: 1, hostSkew: 0, referrerSkew: 0, nullReferrerShare: 1 };
/** A record an event, a hundred a second on one shard. */
const WORKLOAD = { ...GENERATED_LOAD, eventsPerSecond: 100, eventsPerRecord: 1, keys: ONE_KEY };
const UNSEEN = {
  ...STANDARD,
  microBatchCpuMs: 1,
  microBatchCpuMsPerEvent: 0.01,
  microBatchCpuMsPerRecord: 0.001,
  microBatchCpuMsPerFreshRow: 0,
  microBatchCpuMsPerUpdatedRow: 0,
  coldCpuMs: 1_000,
};

describe('buildBatchingWindow', () => {
  it('tells what the path did beside what the model says of the same load', () => {
    const { ledger, ...rest } = pathOf();
    const path = { ...rest, ledger: ledger.map((row) => ({ ...row, pathWatermarkMs: 10_000 })) };
    const report = buildBatchingWindow(batchingWindowOf({ path }), UNSEEN, WORKLOAD);
    expect(report).toMatchObject({
      batchingWindowSeconds: 10,
      mapping: { batchSize: 10_000, batchingWindowSeconds: 10 },
      durationMs: 60_000,
      load: { events: 4 },
      exact: true,
      coldStarts: 1,
      path: { events: 4, invocations: 3, freshnessMs: { mean: 1_000 }, finalityMs: { max: 0, count: 1 } },
    });
    // A batch each 11 s, since its window opens with a poll: 5.4545 of 1,100 events, at 1 + 11 + 1.1 ms; one was cold.
    expect(report.predicted.invocations).toBe(5);
    expect(report.predicted.cpuMs).toBeCloseTo(1_071.5, 1);
    // It spans two windows of 5 s and a part of a third: 2 tables × (1 + 11 / 5) windows, 34.9 rows.
    expect(report.predicted.rowsWritten).toBe(35);
    // Half of the 11 s that a batch fills in, and some milliseconds of work.
    expect(report.predicted.freshnessMs).toBeGreaterThan(5_500);
    expect(report.predicted.freshnessMs).toBeLessThan(5_600);
  });

  it('says where it was not exact', () => {
    const correctness = { ...EXACT_PATH, exact: false, missing: 3 };
    expect(buildBatchingWindow(batchingWindowOf({ correctness }), UNSEEN, WORKLOAD)).toMatchObject({
      exact: false,
      correctness: { missing: 3 },
    });
  });

  it('predicts no work where nothing comes', () => {
    const measured = batchingWindowOf({ path: idlePath() });
    const { predicted } = buildBatchingWindow(measured, UNSEEN, { ...WORKLOAD, eventsPerSecond: 0 });
    expect(predicted).toMatchObject({ cpuMs: 0, rowsWritten: 0, invocations: 0 });
  });
});
