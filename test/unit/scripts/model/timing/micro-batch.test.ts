import { describe, expect, it } from 'vitest';
import type { Deployment } from '#model/deployment.ts';
import { STANDARD } from '#model/parameters.ts';
import { type MicroBatch, microBatchMs, planMicroBatch } from '#model/timing/micro-batch.ts';
import type { Workload } from '#model/workload/workload.ts';
import { inputsOf, MICRO_BATCH, NO_KEY_TWICE, ONE_KEY } from './one-key.ts';

const plan = (workload: Workload, deployment: Deployment): MicroBatch | null =>
  planMicroBatch(inputsOf(workload, deployment));
const perSecond = (workload: Workload, deployment: Deployment): number => plan(workload, deployment)?.perSecond ?? 0;

describe('invocations a second', () => {
  it('is one a shard and second while every poll brings records', () => {
    expect(perSecond(ONE_KEY, MICRO_BATCH)).toBe(1);
    expect(perSecond(ONE_KEY, { ...MICRO_BATCH, shards: 4 })).toBeCloseTo(4, 9);
  });

  it('is less where polls come back empty', () => {
    // 0.1 records/s: 1 − e^−0.1 of the polls bring one
    expect(perSecond({ ...ONE_KEY, eventsPerSecond: 0.1 }, MICRO_BATCH)).toBeCloseTo(0.0951626, 7);
  });

  it('follows the batching window, which the poll that brings a record opens', () => {
    // 60 s, and a second until the poll: 1 / (1 − e^−100)
    const slow = { ...MICRO_BATCH, batchingWindowSeconds: 60, batchSize: 10_000 };
    expect(perSecond(ONE_KEY, slow)).toBeCloseTo(1 / 61, 12);
  });

  it('follows the batch size and the payload limit where a batch is full before', () => {
    expect(perSecond(ONE_KEY, { ...MICRO_BATCH, batchSize: 10 })).toBe(10); // 100 / 10
    // 6 MiB / (200,000 × 4/3 + 550) = 23.5444 records
    const large = { ...ONE_KEY, eventBytes: 200_000 };
    expect(perSecond(large, MICRO_BATCH)).toBeCloseTo((100 * (800_000 / 3 + 550)) / 6_291_456, 9);
  });

  it('sends a record alone that is larger than the payload limit, not in parts', () => {
    // 8,000,000 × 4/3 bytes are 1.7 payloads of 6 MiB: still one batch for each of 100 records
    expect(perSecond({ ...ONE_KEY, eventBytes: 8_000_000 }, MICRO_BATCH)).toBe(100);
  });

  it('is 0 while nothing comes', () => {
    expect(perSecond({ ...ONE_KEY, eventsPerSecond: 0 }, MICRO_BATCH)).toBe(0);
  });
});

describe('microBatchMs', () => {
  const batch = { events: 100, records: 100, rowsFresh: 0, rowsUpdated: 2 };

  it('is CPU at the share of a core that the memory gives, then the database', () => {
    // CPU 0.13 + 0.0025 × 100 + (0.0019 + 0.0028) × 100 + 0.0000017 × 20,000 = 0.884 ms; × 1,769 / 1,024 = 1.5271445; + 4 + 0.0225 × 2
    expect(microBatchMs(STANDARD, batch, 20_000, 1_024)).toBeCloseTo(5.5721445, 6);
  });

  it('is not faster than a whole core', () => {
    expect(microBatchMs(STANDARD, batch, 20_000, 3_538)).toBeCloseTo(0.884 + 4.045, 9);
  });

  it('has CPU and database time for rows, fresh and updated ones apart', () => {
    const fitted = { ...STANDARD, microBatchCpuMsPerFreshRow: 0.01, microBatchCpuMsPerUpdatedRow: 0.002 };
    const rows = { ...batch, rowsFresh: 30, rowsUpdated: 50 };
    // 0.884 + 0.01 × 30 + 0.002 × 50; 4 + 0.0135 × 30 + 0.0225 × 50
    expect(microBatchMs(fitted, rows, 20_000, 3_538)).toBeCloseTo(1.284 + 5.53, 9);
  });

  it('has the payload parsed by its bytes: full records take longer', () => {
    // 100 records of 25,000 bytes instead of 200: 2,480,000 × 0.0000017 ms more
    const more = microBatchMs(STANDARD, batch, 2_500_000, 3_538) - microBatchMs(STANDARD, batch, 20_000, 3_538);
    expect(more).toBeCloseTo(4.216, 9);
  });
});

describe('planMicroBatch', () => {
  it('is a second of one shard: two rows, which one of 300 writes in two windows', () => {
    const batch = plan(ONE_KEY, MICRO_BATCH);
    expect(batch).toMatchObject({ spanSeconds: 1, events: 100, records: 100 });
    expect(batch?.rowsWritten).toBeCloseTo(2 + 2 / 300, 12);
    expect(batch?.rowsFresh).toBeCloseTo(2 / 300, 12);
    expect(batch?.rowsUpdated).toBeCloseTo(2, 12);
    expect(batch?.durationMs).toBeCloseTo(5.5721445 + 0.0135 * (2 / 300), 6);
  });

  it('spans several windows where its batching window does', () => {
    // Three windows and a part of a fourth, 2 rows each
    const wide = { ...MICRO_BATCH, windowSeconds: 20, batchingWindowSeconds: 60, batchSize: 6_000 };
    const batch = plan(ONE_KEY, wide);
    expect(batch?.spanSeconds).toBeCloseTo(60, 9); // full just before its window has passed
    expect(batch?.rowsWritten).toBeCloseTo(8, 9);
    expect(batch?.rowsFresh).toBeCloseTo(6, 9);
  });

  it('writes each row of the keys that never come twice, whatever the window', () => {
    expect(plan({ ...ONE_KEY, keys: NO_KEY_TWICE }, MICRO_BATCH)?.rowsWritten).toBeCloseTo(200, 6); // 100 events
  });

  it('never has more fresh rows than rows', () => {
    const batch = plan({ ...ONE_KEY, eventsPerSecond: 0.0001 }, MICRO_BATCH);
    expect(batch?.rowsWritten).toBeGreaterThan(0);
    expect(batch?.rowsFresh).toBeLessThanOrEqual(batch?.rowsWritten ?? 0);
    expect(batch?.rowsUpdated).toBeGreaterThanOrEqual(0);
  });

  it('is none while nothing comes', () => {
    expect(plan({ ...ONE_KEY, eventsPerSecond: 0 }, MICRO_BATCH)).toBeNull();
  });
});
