import { describe, expect, it } from 'vitest';
import { STANDARD } from '#model/parameters.ts';
import type { Keys } from '#model/workload/keys.ts';
import { buildDrain } from '#report/assemble/build-drain.ts';
import { exactPath } from '#test/support/correctness.ts';
import { drainOf } from '#test/support/report-measured.ts';

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
    const { warm, cold } = buildDrain(drainOf(), UNSEEN, ONE_KEY);
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
    expect(buildDrain(drainOf({ cold: null }), UNSEEN, ONE_KEY).cold).toBeNull();
  });

  it('tells how the micro-batch path caught up', () => {
    expect(buildDrain(drainOf(), UNSEEN, ONE_KEY).catchUp).toEqual({
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
    expect(buildDrain(drain, UNSEEN, ONE_KEY)).toMatchObject({
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
    const drain = buildDrain({ ...rest, warm: { ...warm, rows: [] } }, UNSEEN, ONE_KEY);
    expect(drain.warm).toMatchObject({ cpuMs: 0, events: 0, predicted: { cpuMs: 0, rowsWritten: 0 } });
    expect(drain.catchUp).toMatchObject({ cpuMs: 0, predicted: { cpuMs: 0, rowsWritten: 0 } });
  });
});
