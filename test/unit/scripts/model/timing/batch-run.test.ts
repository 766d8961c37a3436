import { describe, expect, it } from 'vitest';
import { STANDARD } from '#model/parameters.ts';
import { mostKeys, pageBytes } from '#model/timing/batch-run.ts';
import { BOTH, NO_KEY_TWICE, ONE_KEY, runOf, SCHEDULED_BATCH } from './one-key.ts';

describe('planBatchRun', () => {
  it('reads a window at the limits of the shards, and writes the next window’s first rows too', () => {
    const run = runOf(ONE_KEY, SCHEDULED_BATCH);
    expect(run).toMatchObject({ events: 30_000, records: 30_000, bytes: 6_000_000, rowsWritten: 4, rowsFresh: 2 });
    expect(run).toMatchObject({ parts: 1, cutBy: null, keysHeld: 4 });
    // Read: 6 MB at 2 MB/s = 3 s; three calls at 4/s take less. CPU: 51 + 120 + 0.0092 × 30,000 + 0.0028 × 30,000 = 531 ms,
    // × 1,769 / 1,024 = 917 ms: less. Database: 60 + 4 + 0.0135 × 2 + 0.0225 × 2 = 64.072 ms.
    expect(run.seconds).toBeCloseTo(3.064072, 9);
    expect(run.readSeconds).toBeCloseTo(3, 9);
    expect(run.cpuSeconds).toBeCloseTo((411 * 1.727539) / 1_000, 6); // without the cold start's
  });

  it('leaves the mapping what it reads', () => {
    // 6 MB at 2,000,000 − 20,000 B/s = 3.030303 s
    expect(runOf(ONE_KEY, BOTH).seconds).toBeCloseTo(3.030303 + 0.064072, 6);
  });

  it('reads shards side by side', () => {
    expect(runOf(ONE_KEY, { ...SCHEDULED_BATCH, shards: 2 }).seconds).toBeCloseTo(1.5 + 0.064072, 9);
  });

  it('takes its CPU time where that is longer', () => {
    // 10 shards read in 0.3 s; CPU 917.323242 ms
    const run = runOf(ONE_KEY, { ...SCHEDULED_BATCH, shards: 10 });
    expect(run.seconds).toBeCloseTo(0.917323242 + 0.064072, 9);
  });

  it('has CPU for rows, fresh and updated ones apart', () => {
    const fitted = { ...STANDARD, scheduledBatchCpuMsPerFreshRow: 100, scheduledBatchCpuMsPerUpdatedRow: 10 };
    const shards = 10;
    // 2 fresh and 2 updated ones: 220 ms more on a whole core
    const run = runOf(ONE_KEY, { ...SCHEDULED_BATCH, shards, memoryMb: 1_769 }, fitted);
    expect(run.seconds).toBeCloseTo(0.531 + 0.22 + 0.064072, 9);
  });

  it('connects although nothing came', () => {
    // CPU (51 + 120) × 1,769 / 1,024 = 295.409180 ms; database 64 ms
    const run = runOf({ ...ONE_KEY, eventsPerSecond: 0 }, SCHEDULED_BATCH);
    expect(run).toMatchObject({ records: 0, bytes: 0, rowsWritten: 0, rowsFresh: 0, parts: 1 });
    expect(run.seconds).toBeCloseTo(0.35940918, 9);
  });

  it('reads several windows where it runs less often than they end', () => {
    const run = runOf(ONE_KEY, { ...SCHEDULED_BATCH, batchIntervalSeconds: 3_600 });
    // Twelve windows: the rest of the first, eleven whole ones and the first rows of the next, 2 rows each
    expect(run).toMatchObject({ events: 360_000, bytes: 72_000_000 });
    expect(run.rowsWritten).toBeCloseTo(26, 9);
    expect(run.rowsFresh).toBeCloseTo(24, 9);
  });

  it('reads a part of a window where it runs more often', () => {
    const often = { ...SCHEDULED_BATCH, windowSeconds: 3_600, batchIntervalSeconds: 300 };
    const run = runOf(ONE_KEY, often);
    // 2 rows, and in one of twelve 2 of the next window; of a window's 2 rows a twelfth is fresh in each
    expect(run.rowsWritten).toBeCloseTo(2 + 2 / 12, 9);
    expect(run.rowsFresh).toBeCloseTo(2 / 12, 9);
  });

  it('is continued where a function’s time is too short, and writes the window’s rows again', () => {
    // 1.728 GB of a day at 2 MB/s take 864 s: more than the 900 s less 50 s for the commit and 15 s for the resume
    const run = runOf(ONE_KEY, { ...SCHEDULED_BATCH, windowSeconds: 86_400 });
    expect(run).toMatchObject({ parts: 2, cutBy: 'time' });
    expect(run.rowsWritten).toBeCloseTo(6, 9); // 2 + 2, and 2 of the next window
    // Each 432 s, and 60 + 4 + 0.0135 × 1 + 0.0225 × 2 ms; one second until the second begins
    expect(run.firstSeconds).toBeCloseTo(432.0640585, 6);
    expect(run.seconds).toBeCloseTo(2 * 432.0640585 + 1, 6);
  });

  it('has the whole time but for the commit where no database has to come back', () => {
    const nearly = { ...SCHEDULED_BATCH, windowSeconds: 84_000 }; // 840 s of reading
    expect(runOf(ONE_KEY, nearly).parts).toBe(2);
    expect(runOf(ONE_KEY, { ...nearly, regime: 'always-on' }).parts).toBe(1);
  });

  it('keeps more time for the commit of more rows', () => {
    const many = { ...ONE_KEY, eventsPerSecond: 1, keys: NO_KEY_TWICE };
    // 2 × 86,400 rows take 17 s of the 850: 833 s are left for 835 s of reading
    const heavy = { ...many, eventBytes: Math.round((835 * 2_000_000) / 86_400) };
    const daily = { ...SCHEDULED_BATCH, windowSeconds: 86_400, regime: 'always-on' } as const;
    expect(runOf(heavy, daily).cutBy).toBe('time');
    expect(runOf(heavy, daily, { ...STANDARD, commitReserveMsPerRow: 0 }).cutBy).toBeNull();
  });

  it('commits in between where its keys take more memory than they may', () => {
    // A quarter of 256 MB at 210 bytes a key: 319,566; 300,000 events are 600,000 rows
    const small = { ...SCHEDULED_BATCH, memoryMb: 256, shards: 10 };
    const run = runOf({ ...ONE_KEY, eventsPerSecond: 1_000, keys: NO_KEY_TWICE }, small);
    expect(mostKeys(STANDARD, small)).toBeCloseTo(319_566.0, -1);
    expect(run).toMatchObject({ parts: 2, cutBy: 'memory' });
    expect(run.keysHeld / 300_000).toBeCloseTo(1, 3);
    expect(run.rowsWritten / 600_000).toBeCloseTo(1, 3);
  });

  it('never holds more keys than it may, since a run that is cut commits in between', () => {
    const flood = { ...ONE_KEY, eventsPerSecond: 10_000, keys: NO_KEY_TWICE };
    const wide = { ...SCHEDULED_BATCH, shards: 20 };
    const most = mostKeys(STANDARD, wide);
    expect(most).toBeCloseTo((0.25 * 1_024 * 1_048_576) / 210, 6);
    const { keysHeld } = runOf(flood, wide);
    expect(keysHeld).toBeLessThanOrEqual(most);
    expect(keysHeld).toBeGreaterThan(most / 2);
  });

  it('finds the least number of parts', () => {
    const weekly = { ...SCHEDULED_BATCH, windowSeconds: 86_400, batchIntervalSeconds: 604_800, memoryMb: 10_240 };
    const run = runOf(ONE_KEY, weekly);
    expect(run.parts).toBe(8); // 6,048 s of reading in parts of 834.9 s: 7.24
  });

  it('is finite for loads that no batch can take', () => {
    const flood = { ...ONE_KEY, eventsPerSecond: 1e6, keys: NO_KEY_TWICE };
    const run = runOf(flood, { ...SCHEDULED_BATCH, windowSeconds: 86_400, memoryMb: 256 });
    expect(Object.values(run).every((value) => typeof value !== 'number' || Number.isFinite(value))).toBe(true);
  });
});

describe('pageBytes', () => {
  it('shares a tenth of the memory among the shards, 10 MB each at most', () => {
    expect(pageBytes(STANDARD, { ...SCHEDULED_BATCH, shards: 1 })).toBe(10_000_000);
    expect(pageBytes(STANDARD, { ...SCHEDULED_BATCH, shards: 1_000 })).toBeCloseTo(107_374.18, 1);
  });

  it('makes reading slow where pages are small', () => {
    const wide = { ...SCHEDULED_BATCH, shards: 1_000 };
    const run = runOf({ ...ONE_KEY, eventsPerSecond: 100_000 }, wide);
    // 6 MB a shard in pages of 107,374 bytes, at 4 a second: 56 calls
    expect(run.readSeconds).toBeCloseTo(56 / 4, 9);
  });
});
