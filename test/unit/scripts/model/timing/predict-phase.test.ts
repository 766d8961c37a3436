import { describe, expect, it } from 'vitest';
import { STANDARD } from '#model/parameters.ts';
import {
  predictCpuMs,
  predictDrain,
  predictPhase,
  rowsOfBatch,
  rowsOfMicroBatches,
  type WindowLoad,
} from '#model/timing/predict-phase.ts';
import { type Keys, tabulateRows } from '#model/workload/keys.ts';

/** Numbers that can be told apart in a sum. */
const PARAMETERS = {
  ...STANDARD,
  microBatchCpuMs: 10_000,
  microBatchCpuMsPerEvent: 1_000,
  microBatchCpuMsPerRecord: 100,
  microBatchCpuMsPerFreshRow: 10,
  microBatchCpuMsPerUpdatedRow: 1,
  scheduledBatchCpuMs: 5,
  scheduledBatchCpuMsPerEvent: 4,
  scheduledBatchCpuMsPerRecord: 3,
  scheduledBatchCpuMsPerFreshRow: 2,
  scheduledBatchCpuMsPerUpdatedRow: 1,
  coldCpuMs: 500_000,
};

describe('predictCpuMs', () => {
  const batch = { events: 2, records: 3, rowsFresh: 4, rowsUpdated: 5 };

  it.each([
    ['a warm micro-batch', 'microBatch', false, 12_345],
    ['a cold one', 'microBatch', true, 512_345],
    ['a warm scheduled batch', 'scheduledBatch', false, 5 + 8 + 9 + 8 + 5],
  ] as const)('has every term of %s', (_, path, cold, expected) => {
    expect(predictCpuMs(PARAMETERS, path, { ...batch, cold })).toBe(expected);
  });
});

describe('predictPhase', () => {
  it('adds up invocations, and gives each its rows by its events', () => {
    const invocations = [
      { cold: true, events: 3, records: 1 },
      { cold: false, events: 1, records: 2 },
    ];
    // 2 × 10,000 + 4 × 1,000 + 3 × 100 + 8 fresh × 10 + 4 updated × 1 + one cold start.
    expect(predictPhase(PARAMETERS, 'microBatch', invocations, { written: 12, fresh: 8 })).toEqual({
      cpuMs: 524_384,
      rowsWritten: 12,
    });
  });

  it('predicts nothing of nothing, and only the invocations of those without events', () => {
    expect(predictPhase(PARAMETERS, 'microBatch', [], { written: 0, fresh: 0 })).toEqual({ cpuMs: 0, rowsWritten: 0 });
    const empty = { cold: false, events: 0, records: 0 };
    expect(predictPhase(PARAMETERS, 'scheduledBatch', [empty, empty], { written: 0, fresh: 0 }).cpuMs).toBe(10);
  });
});

/** One host and no referrer: two rows for whatever comes of a window. */
const ONE_KEY: Keys = { kind: 'zipf', hosts: 1, referrers: 1, hostSkew: 0, referrerSkew: 0, nullReferrerShare: 1 };

const LOAD: WindowLoad = {
  countRows: tabulateRows(ONE_KEY),
  events: 60_000,
  windowMs: 60_000,
  lagMs: 17_000,
  shards: 2,
};

describe('predictDrain', () => {
  const parameters = {
    ...STANDARD,
    microBatchCpuMs: 10,
    microBatchCpuMsPerEvent: 0,
    microBatchCpuMsPerRecord: 0,
    microBatchCpuMsPerFreshRow: 100,
    microBatchCpuMsPerUpdatedRow: 1_000,
    scheduledBatchCpuMs: 5,
    scheduledBatchCpuMsPerEvent: 0,
    scheduledBatchCpuMsPerRecord: 0,
    scheduledBatchCpuMsPerFreshRow: 1,
    coldCpuMs: 50,
  };
  const whole = { cold: false, events: 60_000, records: 1 };
  const part = { cold: false, events: 3_000, records: 1 };

  it('has the batch write each row once, and micro-batches the same rows more often', () => {
    const warm = [whole];
    const { cold, catchUp, ...predicted } = predictDrain(parameters, LOAD, {
      cold: null,
      warm,
      catchUp: Array(20).fill(part),
    });
    expect(cold).toBeNull();
    expect(predicted.warm).toEqual({ cpuMs: 9, rowsWritten: 4 }); // 5 + 4 fresh × 1
    expect(predicted.rows.fresh).toBeCloseTo(4, 6);
    expect(predicted.rows.written).toBeCloseTo(44, 6); // 2.2 of each
    expect(catchUp).toEqual({ cpuMs: 40_600, rowsWritten: 44 }); // 20 × 10 + 4 fresh × 100 + 40 updated × 1,000
  });

  it('adds to a cold batch what its start costs', () => {
    const cold = [{ ...whole, cold: true }];
    expect(predictDrain(parameters, LOAD, { cold, warm: [whole], catchUp: [part] }).cold?.cpuMs).toBe(59);
  });

  it('has micro-batches write no fewer rows than the batch', () => {
    const { rows } = predictDrain(parameters, LOAD, { cold: null, warm: [whole], catchUp: [part] });
    expect(rows.written).toBe(rows.fresh);
  });
});

describe('rows of a drain', () => {
  it('are those of the window and of the next for a batch, each once', () => {
    expect(rowsOfBatch(LOAD)).toBeCloseTo(4, 6);
  });

  it('are two of an invocation, and two more where it reaches into the next window', () => {
    // 3,000 events of one of two shards, which gets 500 a second, are 6 s: a tenth of such invocations crosses the window's end.
    const invocation = { cold: false, events: 3_000, records: 1 };
    expect(rowsOfMicroBatches(LOAD, [invocation])).toBeCloseTo(2.2, 6);
    expect(rowsOfMicroBatches(LOAD, [invocation, invocation])).toBeCloseTo(4.4, 6);
  });

  it('are none where nothing was sent', () => {
    const nothing = { ...LOAD, events: 0 };
    expect(rowsOfBatch(nothing)).toBe(0);
    expect(rowsOfMicroBatches(nothing, [{ cold: false, events: 0, records: 0 }])).toBe(0);
  });
});
