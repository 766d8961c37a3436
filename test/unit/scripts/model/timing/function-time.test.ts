import { describe, expect, it } from 'vitest';
import { STANDARD } from '#model/parameters.ts';
import { databaseRowsMs, gbSecondsOf, handlerCpuMs, slowdown } from '#model/timing/function-time.ts';

const BATCH = { events: 1_000, records: 10, rowsFresh: 100, rowsUpdated: 200 };

describe('handlerCpuMs', () => {
  it('is what a micro-batch costs, and each event, record and row', () => {
    const fitted = { ...STANDARD, microBatchCpuMsPerFreshRow: 0.004, microBatchCpuMsPerUpdatedRow: 0.003 };
    // 0.13 + 2.5 + 0.019 + 0.4 + 0.6
    expect(handlerCpuMs(fitted, 'microBatch', BATCH)).toBeCloseTo(3.649, 12);
  });

  it('is what a scheduled batch costs, and each event, record and row', () => {
    const fitted = { ...STANDARD, scheduledBatchCpuMsPerFreshRow: 0.004, scheduledBatchCpuMsPerUpdatedRow: 0.003 };
    // 51 + 9.2 + 0.028 + 0.4 + 0.6
    expect(handlerCpuMs(fitted, 'scheduledBatch', BATCH)).toBeCloseTo(61.228, 12);
  });
});

describe('databaseRowsMs', () => {
  it('takes longer for a row that is there already', () => {
    // 0.0135 × 100 + 0.0225 × 200
    expect(databaseRowsMs(STANDARD, BATCH)).toBeCloseTo(5.85, 12);
  });
});

describe('slowdown', () => {
  it('is a core’s share by memory, never faster than a whole one, times what this machine’s CPU is worth', () => {
    expect(slowdown(STANDARD, 884.5)).toBe(2);
    expect(slowdown(STANDARD, 10_240)).toBe(1);
    expect(slowdown({ ...STANDARD, cpuFactor: 1.5 }, 884.5)).toBe(3);
  });
});

describe('gbSecondsOf', () => {
  it('bills the begun milliseconds of invocations of this mean: half a one more', () => {
    expect(gbSecondsOf(1.5, { memoryMb: 512 })).toBeCloseTo(0.001, 12); // (1.5 + 0.5) ms × 0.5 GB
    expect(gbSecondsOf(2_000, { memoryMb: 2_048 })).toBeCloseTo(4.001, 12);
  });
});
