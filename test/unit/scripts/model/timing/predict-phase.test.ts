import { describe, expect, it } from 'vitest';
import { STANDARD } from '#model/parameters.ts';
import { predictCpuMs, predictPhase } from '#model/timing/predict-phase.ts';

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
