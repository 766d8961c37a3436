import { describe, expect, it } from 'vitest';
import { STANDARD } from '#model/parameters.ts';
import { type Keys, tabulateRows } from '#model/workload/keys.ts';
import { GENERATED_LOAD, prepareWorkload } from '#model/workload/workload.ts';
import { buildBatchingWindow, buildDrain } from '#report/assemble/build-phases.ts';
import { predictReport } from '#report/prediction/predictions.ts';
import { exactPath } from '#test/support/correctness.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';
import { batchingWindowOf, drainOf, idlePath, pathOf } from '#test/support/report-measured.ts';

const ONE_KEY: Keys = { kind: 'zipf', hosts: 1, referrers: 1, hostSkew: 0, referrerSkew: 0, nullReferrerShare: 1 };

const UNSEEN = {
  ...STANDARD,
  microBatchCpuMs: 2,
  microBatchCpuMsPerEvent: 0.001,
  microBatchCpuMsPerRecord: 0.01,
  microBatchCpuMsPerFreshRow: 3,
  microBatchCpuMsPerUpdatedRow: 1,
  scheduledBatchCpuMs: 50,
  scheduledBatchCpuMsPerEvent: 0.005,
  scheduledBatchCpuMsPerRecord: 0.02,
  scheduledBatchCpuMsPerFreshRow: 2,
  scheduledBatchCpuMsPerUpdatedRow: 1,
  coldCpuMs: 100,
};

describe('buildDrain', () => {
  it('tells what a batch took beside what the model says of it', () => {
    const { warm, cold } = buildDrain(drainOf(), UNSEEN, tabulateRows(ONE_KEY));
    expect(warm).toEqual({
      invocations: 1,
      events: 60_000,
      records: 600,
      rowsWritten: 3,
      rowsFresh: 3,
      cpuMs: 400,
      readWaitMs: 30,
      databaseWaitMs: 9,
      maxMemoryMb: 120,
      durationMs: 812.3,
      billedDurationMs: 800,
      initMs: null,
      // 50 + 60,000 × 0.005 + 600 × 0.02 + 4 rows × 2: two tables, of the window and of the next one.
      predicted: { cpuMs: 370, rowsWritten: 4 },
    });
    expect(cold).toMatchObject({ cpuMs: 500, initMs: 250, billedDurationMs: null, predicted: { cpuMs: 470 } });
  });

  it('has no cold batch where the target could not be made to start one', () => {
    expect(buildDrain(drainOf({ cold: null }), UNSEEN, tabulateRows(ONE_KEY)).cold).toBeNull();
  });

  it('tells how the micro-batch path caught up', () => {
    expect(buildDrain(drainOf(), UNSEEN, tabulateRows(ONE_KEY)).catchUp).toEqual({
      invocations: 3,
      events: 60_000,
      records: 600,
      rowsWritten: 6,
      rowsFresh: 3,
      cpuMs: 150,
      readWaitMs: 0,
      databaseWaitMs: 12,
      maxMemoryMb: 110,
      durationMs: 1_500,
      mappingMs: 700.1,
      eventsPerSecond: 39_999,
      // Each of three spans 20 s of a minute's window, so a third of them cross its end: 3 × (2 + 2/3) rows, 4 of them fresh.
      // 3 × 2 + 60,000 × 0.001 + 600 × 0.01 + 4 × 3 + 4 × 1.
      predicted: { cpuMs: 88, rowsWritten: 8 },
    });
  });

  it('passes on what was sent, how it was counted, and whether all of it was exact', () => {
    const coldCorrectness = { ...exactPath(), exact: false };
    const drain = drainOf({ exact: false, coldCorrectness });
    const { windowMs, settings, load, mapping, shards } = drain;
    expect(buildDrain(drain, UNSEEN, tabulateRows(ONE_KEY))).toMatchObject({
      windowMs,
      settings,
      load,
      mapping,
      shards,
      exact: false,
      coldCorrectness,
    });
  });

  it('predicts nothing of an empty window', () => {
    const load = { events: 0, records: 0, bytes: 0, lines: 0 };
    const { warm, ...rest } = drainOf({ load, ledger: { microBatch: [], scheduledBatch: [] } });
    const drain = buildDrain({ ...rest, warm: { ...warm, rows: [] } }, UNSEEN, tabulateRows(ONE_KEY));
    expect(drain.warm).toMatchObject({ cpuMs: 0, events: 0, predicted: { cpuMs: 0, rowsWritten: 0 } });
    expect(drain.catchUp).toMatchObject({ cpuMs: 0, predicted: { cpuMs: 0, rowsWritten: 0 } });
  });
});

/** A record an event, a hundred a second on one shard. */
const WORKLOAD = { ...GENERATED_LOAD, eventsPerSecond: 100, eventsPerRecord: 1, keys: ONE_KEY };
const UNSEEN_LIVE = {
  ...STANDARD,
  microBatchCpuMs: 1,
  microBatchCpuMsPerEvent: 0.01,
  microBatchCpuMsPerRecord: 0.001,
  microBatchCpuMsPerFreshRow: 0,
  microBatchCpuMsPerUpdatedRow: 0,
  coldCpuMs: 1_000,
};

const HERE = { name: 'embedded' } as const;

describe('buildBatchingWindow', () => {
  it('tells what the path did beside what the model says of the same load', () => {
    const { ledger, ...rest } = pathOf();
    const path = { ...rest, ledger: ledger.map((row) => ({ ...row, pathWatermarkMs: 10_000 })) };
    const report = buildBatchingWindow(batchingWindowOf({ path }), UNSEEN_LIVE, prepareWorkload(WORKLOAD), HERE);
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
    const correctness = { ...exactPath(), exact: false, missing: 3 };
    expect(
      buildBatchingWindow(batchingWindowOf({ correctness }), UNSEEN_LIVE, prepareWorkload(WORKLOAD), HERE),
    ).toMatchObject({
      exact: false,
      correctness: { missing: 3 },
    });
  });

  it('predicts no work where nothing comes', () => {
    const measured = batchingWindowOf({ path: idlePath() });
    const { predicted } = buildBatchingWindow(
      measured,
      UNSEEN_LIVE,
      prepareWorkload({ ...WORKLOAD, eventsPerSecond: 0 }),
      HERE,
    );
    expect(predicted).toMatchObject({ cpuMs: 0, rowsWritten: 0, invocations: 0 });
  });

  it.each(['embedded', 'aws'] as const)(
    'predicts what another report’s model would, had it the same figures: %s',
    (name) => {
      // A record in 1,000 s, which finds a database that may pause asleep; an invocation of 10 s where it has a whole core.
      const rare = { ...WORKLOAD, eventsPerSecond: 0.001 };
      const slow = { ...UNSEEN_LIVE, microBatchCpuMs: 10_000 };
      const target = { ...EXACT_REPORT.target, name };
      const phase = buildBatchingWindow(batchingWindowOf({}), slow, prepareWorkload(rare), target);
      const scenario = { ...EXACT_REPORT.scenario, workload: rare };
      const other = changedReport({ target, scenario, drains: [], batchingWindows: [phase] });
      const freshness = predictReport(slow, other).find(
        ({ of, figure }) => of.startsWith('batching') && figure.startsWith('freshness'),
      );
      expect(phase.predicted.freshnessMs).toBe(Math.round(freshness?.predicted ?? 0));
      const slower = name === 'aws' ? 1_769 / 1_024 : 1;
      // A batch's first record waits 10.5 s, what follows, a hundredth of one, 5 s: 10.55 / 1.01; no resume.
      expect(phase.predicted.freshnessMs / 1_000).toBeCloseTo(10.4455 + 10 * slower, 1);
    },
  );
});
