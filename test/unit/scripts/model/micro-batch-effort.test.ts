import { describe, expect, it } from 'vitest';
import { microBatchEffort, microBatchesPerSecond, microBatchMs } from '../../../../scripts/model/micro-batch-effort.ts';
import { MICRO_BATCH, MONTH_SECONDS, ONE_KEY } from './one-key.ts';

describe('microBatchesPerSecond', () => {
  it('is one a shard and second while every poll brings records', () => {
    expect(microBatchesPerSecond(ONE_KEY, MICRO_BATCH)).toBe(1);
    expect(microBatchesPerSecond(ONE_KEY, { ...MICRO_BATCH, shards: 4 })).toBeCloseTo(4, 9);
  });

  it('is less where polls come back empty', () => {
    // 0.1 records/s: 1 − e^−0.1 of the polls bring one
    expect(microBatchesPerSecond({ ...ONE_KEY, eventsPerSecond: 0.1 }, MICRO_BATCH)).toBeCloseTo(0.0951626, 7);
  });

  it('follows the batching window, which its first record opens', () => {
    // 60 s and the 1/100 s until a record comes
    const slow = { ...MICRO_BATCH, batchingWindowSeconds: 60, batchSize: 10_000 };
    expect(microBatchesPerSecond(ONE_KEY, slow)).toBeCloseTo(1 / 60.01, 12);
  });

  it('follows the batch size and the payload limit where a batch is full before', () => {
    expect(microBatchesPerSecond(ONE_KEY, { ...MICRO_BATCH, batchSize: 10 })).toBe(10); // 100 / 10
    // 6 MiB / (200,000 × 4/3) = 23.59296 records
    const large = { ...ONE_KEY, eventBytes: 200_000 };
    expect(microBatchesPerSecond(large, MICRO_BATCH)).toBeCloseTo(100 / 23.59296, 9);
  });

  it('is 0 while nothing comes', () => {
    expect(microBatchesPerSecond({ ...ONE_KEY, eventsPerSecond: 0 }, MICRO_BATCH)).toBe(0);
  });
});

describe('microBatchMs', () => {
  it('is CPU at the share of a core that the memory gives, then the database', () => {
    // CPU 0.13 + 0.0025 × 100 + (0.0019 + 0.0031) × 100 = 0.88 ms; × 1,769 / 1,024 = 1.520234; + 4 + 0.014 × 2
    expect(microBatchMs(100, 100, 2, 1_024)).toBeCloseTo(5.548234, 6);
  });

  it('is not faster than a whole core', () => {
    expect(microBatchMs(100, 100, 2, 3_538)).toBeCloseTo(0.88 + 4.028, 9);
  });
});

describe('microBatchEffort', () => {
  it('is a month of batches, each billed by the begun millisecond', () => {
    expect(microBatchEffort(ONE_KEY, MICRO_BATCH, MONTH_SECONDS)).toEqual({
      invocations: 2_628_000, // one a second
      gbSeconds: 0.006 * 2_628_000, // 5.55 ms at 1 GB
      commits: 2_628_000,
      rowsWritten: 5_256_000, // 2 each
      rowsFresh: 17_520, // 2 a window, 8,760 windows of 5 minutes
      bytesRead: 0,
      recordsRead: 0,
      ticks: 0,
    });
  });

  it('is nothing while nothing comes', () => {
    const effort = microBatchEffort({ ...ONE_KEY, eventsPerSecond: 0 }, MICRO_BATCH, MONTH_SECONDS);
    expect(Object.values(effort)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('never has more fresh rows than rows', () => {
    const sparse = { ...ONE_KEY, eventsPerSecond: 0.0001 };
    const { rowsFresh, rowsWritten } = microBatchEffort(sparse, MICRO_BATCH, MONTH_SECONDS);
    expect(rowsWritten).toBeGreaterThan(0);
    expect(rowsFresh).toBeLessThanOrEqual(rowsWritten);
  });
});
