import { describe, expect, it } from 'vitest';
import { microBatchesPerSecond, microBatchMs, planMicroBatch } from '../../../../scripts/model/micro-batch.ts';
import { STANDARD } from '../../../../scripts/model/parameters.ts';
import { MICRO_BATCH, ONE_KEY } from './one-key.ts';

describe('microBatchesPerSecond', () => {
  it('is one a shard and second while every poll brings records', () => {
    expect(microBatchesPerSecond(STANDARD, ONE_KEY, MICRO_BATCH)).toBe(1);
    expect(microBatchesPerSecond(STANDARD, ONE_KEY, { ...MICRO_BATCH, shards: 4 })).toBeCloseTo(4, 9);
  });

  it('is less where polls come back empty', () => {
    // 0.1 records/s: 1 − e^−0.1 of the polls bring one
    expect(microBatchesPerSecond(STANDARD, { ...ONE_KEY, eventsPerSecond: 0.1 }, MICRO_BATCH)).toBeCloseTo(
      0.0951626,
      7,
    );
  });

  it('follows the batching window, which its first record opens', () => {
    // 60 s and the 1/100 s until a record comes
    const slow = { ...MICRO_BATCH, batchingWindowSeconds: 60, batchSize: 10_000 };
    expect(microBatchesPerSecond(STANDARD, ONE_KEY, slow)).toBeCloseTo(1 / 60.01, 12);
  });

  it('follows the batch size and the payload limit where a batch is full before', () => {
    expect(microBatchesPerSecond(STANDARD, ONE_KEY, { ...MICRO_BATCH, batchSize: 10 })).toBe(10); // 100 / 10
    // 6 MiB / (200,000 × 4/3) = 23.59296 records
    const large = { ...ONE_KEY, eventBytes: 200_000 };
    expect(microBatchesPerSecond(STANDARD, large, MICRO_BATCH)).toBeCloseTo(100 / 23.59296, 9);
  });

  it('is 0 while nothing comes', () => {
    expect(microBatchesPerSecond(STANDARD, { ...ONE_KEY, eventsPerSecond: 0 }, MICRO_BATCH)).toBe(0);
  });
});

describe('microBatchMs', () => {
  const batch = { events: 100, records: 100, rowsFresh: 0, rowsUpdated: 2 };

  it('is CPU at the share of a core that the memory gives, then the database', () => {
    // CPU 0.13 + 0.0025 × 100 + (0.0019 + 0.0031) × 100 = 0.88 ms; × 1,769 / 1,024 = 1.520234; + 4 + 0.014 × 2
    expect(microBatchMs(STANDARD, batch, 1_024)).toBeCloseTo(5.548234, 6);
  });

  it('is not faster than a whole core', () => {
    expect(microBatchMs(STANDARD, batch, 3_538)).toBeCloseTo(0.88 + 4.028, 9);
  });

  it('has CPU for rows, fresh and updated ones apart', () => {
    const fitted = { ...STANDARD, microBatchCpuMsPerFreshRow: 0.01, microBatchCpuMsPerUpdatedRow: 0.002 };
    const rows = { ...batch, rowsFresh: 30, rowsUpdated: 50 };
    // 0.88 + 0.01 × 30 + 0.002 × 50; 4 + 0.014 × 80
    expect(microBatchMs(fitted, rows, 3_538)).toBeCloseTo(1.28 + 5.12, 9);
  });
});

describe('planMicroBatch', () => {
  it('is a second of one shard: two rows, which one of 300 writes in two windows', () => {
    const batch = planMicroBatch(STANDARD, ONE_KEY, MICRO_BATCH);
    expect(batch).toMatchObject({ spanSeconds: 1, events: 100, records: 100 });
    expect(batch?.rowsWritten).toBeCloseTo(2 + 2 / 300, 12);
    expect(batch?.rowsFresh).toBeCloseTo(2 / 300, 12);
    expect(batch?.rowsUpdated).toBeCloseTo(2, 12);
    expect(batch?.durationMs).toBeCloseTo(5.548234 + 0.014 * (2 / 300), 6);
  });

  it('spans several windows where its batching window does', () => {
    // Three windows and a part of a fourth, 2 rows each
    const wide = { ...MICRO_BATCH, windowSeconds: 60, batchingWindowSeconds: 180, batchSize: 18_000 };
    const batch = planMicroBatch(STANDARD, ONE_KEY, wide);
    expect(batch?.spanSeconds).toBeCloseTo(180, 9); // full just before its window has passed
    expect(batch?.rowsWritten).toBeCloseTo(8, 9);
    expect(batch?.rowsFresh).toBeCloseTo(6, 9);
  });

  it('never has more fresh rows than rows', () => {
    const batch = planMicroBatch(STANDARD, { ...ONE_KEY, eventsPerSecond: 0.0001 }, MICRO_BATCH);
    expect(batch?.rowsWritten).toBeGreaterThan(0);
    expect(batch?.rowsFresh).toBeLessThanOrEqual(batch?.rowsWritten ?? 0);
    expect(batch?.rowsUpdated).toBeGreaterThanOrEqual(0);
  });

  it('is none while nothing comes', () => {
    expect(planMicroBatch(STANDARD, { ...ONE_KEY, eventsPerSecond: 0 }, MICRO_BATCH)).toBeNull();
  });
});
