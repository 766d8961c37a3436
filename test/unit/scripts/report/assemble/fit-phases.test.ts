import { describe, expect, it } from 'vitest';
import type { Observations } from '#bench/experiments/observations.ts';
import { fitModel } from '#model/fit/fit-model.ts';
import { STANDARD } from '#model/parameters.ts';
import type { Keys } from '#model/workload/keys.ts';
import { buildModel, fitPhases } from '#report/assemble/fit-phases.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';
import {
  batchingWindowOf,
  calibrationOf,
  drainOf,
  ledgerAt,
  loadOf,
  observationsOf,
  pathOf,
} from '#test/support/report-measured.ts';

const CALIBRATION = calibrationOf();

/** One host and no referrer: two rows for whatever comes of a window. */
const ONE_KEY: Keys = { kind: 'zipf', hosts: 1, referrers: 1, hostSkew: 0, referrerSkew: 0, nullReferrerShare: 1 };
const LOAD = { keys: ONE_KEY, disorderMs: 2_000 };

const drainAt = (ms: number) => drainOf({ ledger: { microBatch: ledgerAt(ms), scheduledBatch: ledgerAt(ms) } });

describe('fitPhases', () => {
  it('fits to the calibration what each path took alone', () => {
    const { whole } = fitPhases(
      { calibration: CALIBRATION, drains: [], batchingWindows: [], live: [] },
      'embedded',
      LOAD,
    );
    const { microBatch, scheduledBatch } = whole.fits;
    expect([microBatch.cpu?.samples, scheduledBatch.cpu?.samples]).toEqual([20, 20]);
    expect(whole.parameters.microBatchCpuMs).toBeCloseTo(2, 6);
    expect(whole.parameters.scheduledBatchCpuMs).toBeCloseTo(40, 6);
    expect(whole.parameters.microBatchCpuMsPerEvent).toBeCloseTo(0.01, 6);
    expect(whole.origins.microBatchCpuMs).toBe('fitted');
  });

  it('takes the drains for both paths, and the batching windows for the micro-batch path', () => {
    const batchingWindow = batchingWindowOf({ path: { ...pathOf(), ledger: ledgerAt(2) } });
    const phases = { calibration: CALIBRATION, drains: [drainAt(2)], batchingWindows: [batchingWindow], live: [] };
    const { microBatch, scheduledBatch } = fitPhases(phases, 'embedded', LOAD).whole.fits;
    expect([microBatch.cpu?.samples, scheduledBatch.cpu?.samples]).toEqual([60, 40]);
  });

  it('has a model that has not seen one of them, for that one to be predicted by', () => {
    // The strange drain takes the place of a thousand others, and the model without it does not know.
    const strange = drainAt(1_000);
    const phases = { calibration: CALIBRATION, drains: [drainAt(40), strange], batchingWindows: [], live: [] };
    const models = fitPhases(phases, 'embedded', LOAD);
    expect(models.without(strange).fits.scheduledBatch.cpu?.samples).toBe(40);
    expect(models.without(strange).parameters.scheduledBatchCpuMs).toBeCloseTo(40, 6);
    expect(models.whole.fits.scheduledBatch.cpu?.samples).toBe(60);
  });

  it('takes the CPU to be off by as much as whole phases are that a fit has not seen, where that is more', () => {
    // Foreseen by the calibration and the other drain, both of which have 40 ms: the one drain exactly, the other not at all.
    const [usual, dear] = [drainAt(40), drainAt(80)];
    const sumOf = (ms: number): number => ledgerAt(ms).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
    const phases = { calibration: CALIBRATION, drains: [usual, dear], batchingWindows: [], live: [] };
    const models = fitPhases(phases, 'embedded', LOAD);
    const { heldOut } = models.whole.fits.scheduledBatch.cpu ?? {};
    const unseen = (drain: typeof dear, ms: number): number => {
      const { scheduledBatchCpuMs, scheduledBatchCpuMsPerEvent } = models.without(drain).parameters;
      const predicted = ledgerAt(ms).reduce(
        (sum, { events }) => sum + scheduledBatchCpuMs + scheduledBatchCpuMsPerEvent * events,
        0,
      );
      return Math.abs(predicted / sumOf(ms) - 1);
    };
    expect(unseen(dear, 80)).toBeGreaterThan(0.2);
    const mean = (unseen(dear, 80) + unseen(usual, 40)) / 2;
    expect(models.whole.cpuError.scheduledBatch).toBeCloseTo(
      Math.max(mean, heldOut?.median ?? 0, heldOut?.total ?? 0),
      9,
    );
    expect(mean).toBeGreaterThan(heldOut?.median ?? 1);
    // Without drains only invocations can be held out.
    const alone = fitPhases({ ...phases, drains: [] }, 'embedded', LOAD).whole;
    expect(alone.cpuError.scheduledBatch).toBeCloseTo(0, 6);
  });

  it('leaves out one batching window alone', () => {
    const [one, other] = [1, 2].map((ms) => batchingWindowOf({ path: { ...pathOf(), ledger: ledgerAt(ms) } }));
    if (one === undefined || other === undefined) throw new Error('Two batching windows are needed');
    const models = fitPhases({ calibration: null, drains: [], batchingWindows: [one, other], live: [] }, 'aws', LOAD);
    expect(models.without(one).parameters.microBatchCpuMs).toBeCloseTo(2, 6);
    expect(models.without(other).parameters.microBatchCpuMs).toBeCloseTo(1, 6);
  });

  it('holds the rows that the keys make against those of the batches that counted a window at once', () => {
    const { rows } = fitPhases(
      { calibration: null, drains: [drainOf()], batchingWindows: [], live: [] },
      'embedded',
      LOAD,
    ).whole.fits.scheduledBatch;
    // Both wrote 3 rows; expected are 2 of the window and 2 of the next one.
    expect(rows).toMatchObject({ median: expect.closeTo(1 / 3, 9), count: 2 });
  });

  it('takes INIT from every phase on AWS that the platform reported a cold start of', () => {
    // The live run's batch 200, the calibration's 270, the drain's 250.
    const calibration = calibrationOf({ initsMs: { microBatch: [900], scheduledBatch: [270] } });
    const drain = drainOf();
    const phases = { calibration, drains: [drain], batchingWindows: [batchingWindowOf()], live: [observationsOf()] };
    const models = fitPhases(phases, 'aws', LOAD);
    expect(models.whole.parameters.initMs).toBe(250);
    // Each from the others: 260 for 200, 225 for 270, 235 for 250.
    expect(models.whole.initError).toBeCloseTo(45 / 270, 12);
    // Without the drain's there are too few: 200 and 270, with 200, 900 and 200 of micro-batches.
    expect(models.without(drain).parameters.initMs).toBe(200);
    expect(fitPhases(phases, 'embedded', LOAD).whole.origins.initMs).toBe('assumed');
  });

  it('counts the cold starts of micro-batches in each phase, where the batch had none', () => {
    const platform = { ...pathOf().platform, reports: [] };
    const live = observationsOf({ paths: { microBatch: pathOf(), scheduledBatch: { ...pathOf(), platform } } });
    // 200 of the live run, 200 of the batching window; 400 of the calibration and 900 of the drain.
    const calibration = calibrationOf({ initsMs: { microBatch: [400], scheduledBatch: [] } });
    const drain = drainOf({ initsMs: { microBatch: [900], scheduledBatch: [] } });
    const phases = { calibration, drains: [drain], batchingWindows: [batchingWindowOf()], live: [live] };
    expect(fitPhases(phases, 'aws', LOAD).whole.parameters.initMs).toBe(300);
  });

  describe('with a live run of windows of 5 s', () => {
    /** Micro-batches of events that arrived at these ms and wrote so many rows. */
    const runWith = (lagMs: number, ...batches: [arrivedMs: number, rowsWritten: number][]) => {
      const ledger = batches.map(([at, rowsWritten]) =>
        ledgerRow({ events: 9, rowsWritten, arrivals: { widthMs: 1, buckets: [at], events: [9] } }),
      );
      const sent = { ...observationsOf().sent, lagsMs: Float64Array.of(0, lagMs) };
      return observationsOf({ sent, paths: { microBatch: { ...pathOf(), ledger }, scheduledBatch: pathOf() } });
    };
    const fitsOf = (...live: Observations[]) =>
      fitPhases({ calibration: null, drains: [], batchingWindows: [], live }, 'embedded', LOAD).whole.fits;

    it('takes the rows of micro-batches whose events lie in one window, disorder and lag allowed for', () => {
      // 2 s of disorder, 0.5 s of lag and a second: from 8.5 s on all happened in the window of 5 s.
      const { microBatch } = fitsOf(runWith(500, [8_500, 2], [9_000, 4], [8_499, 100], [12_000, 100]));
      expect(microBatch.rows).toMatchObject({ p95: expect.closeTo(0.5, 9), count: 2 });
      expect(microBatch.cpu).toBeNull();
    });

    it('takes those of every run, and none of a replay', () => {
      const run = runWith(0, [9_000, 2]);
      expect(fitsOf(run, run).microBatch.rows?.count).toBe(2);
      expect(fitsOf({ ...run, load: loadOf(true) }).microBatch.rows).toBeNull();
    });
  });
});

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
