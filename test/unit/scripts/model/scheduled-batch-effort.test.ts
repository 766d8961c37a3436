import { describe, expect, it } from 'vitest';
import {
  planBatchRun,
  scheduledBatchEffort,
  ticksPerWindow,
} from '../../../../scripts/model/scheduled-batch-effort.ts';
import { BOTH, ONE_KEY, SCHEDULED_BATCH } from './one-key.ts';

describe('planBatchRun', () => {
  it('reads a window at the limits of the shards, and writes the next window’s first rows too', () => {
    const run = planBatchRun(ONE_KEY, SCHEDULED_BATCH);
    expect(run).toMatchObject({ records: 30_000, bytes: 6_000_000, rowsWritten: 4, rowsFresh: 2 });
    // Read: 6 MB at 2 MB/s = 3 s; three calls at 4/s take less. CPU: 51 + 120 + 0.0092 × 30,000 + 0.0028 × 30,000 = 531 ms,
    // × 1,769 / 1,024 = 917 ms: less. Database: 60 + 4 + 0.014 × 4 = 64.056 ms.
    expect(run.seconds).toBeCloseTo(3.064056, 9);
  });

  it('leaves the mapping what it reads', () => {
    // 6 MB at 2,000,000 − 20,000 B/s = 3.030303 s
    expect(planBatchRun(ONE_KEY, BOTH).seconds).toBeCloseTo(3.030303 + 0.064056, 6);
  });

  it('reads shards side by side', () => {
    expect(planBatchRun(ONE_KEY, { ...SCHEDULED_BATCH, shards: 2 }).seconds).toBeCloseTo(1.5 + 0.064056, 9);
  });

  it('takes its CPU time where that is longer', () => {
    // 10 shards read in 0.3 s; CPU 917.323242 ms
    const run = planBatchRun(ONE_KEY, { ...SCHEDULED_BATCH, shards: 10 });
    expect(run.seconds).toBeCloseTo(0.917323242 + 0.064056, 9);
  });

  it('connects although nothing came', () => {
    // CPU (51 + 120) × 1,769 / 1,024 = 295.409180 ms; database 64 ms
    const run = planBatchRun({ ...ONE_KEY, eventsPerSecond: 0 }, SCHEDULED_BATCH);
    expect(run).toMatchObject({ records: 0, bytes: 0, rowsWritten: 0, rowsFresh: 0 });
    expect(run.seconds).toBeCloseTo(0.35940918, 9);
  });
});

describe('scheduledBatchEffort', () => {
  const run = planBatchRun(ONE_KEY, SCHEDULED_BATCH);

  it('is a cold run a window', () => {
    expect(scheduledBatchEffort(run, SCHEDULED_BATCH, 8_760, 0)).toEqual({
      invocations: 8_760,
      gbSeconds: 8_760 * 3.565, // 500 ms of INIT + 3,064.056, begun milliseconds whole
      commits: 8_760,
      rowsWritten: 35_040,
      rowsFresh: 17_520,
      bytesRead: 52_560_000_000, // 6 MB each
      recordsRead: 262_800_000,
      ticks: 8_760,
    });
  });

  it('waits for a database that paused, and pays for it', () => {
    const { gbSeconds } = scheduledBatchEffort(run, SCHEDULED_BATCH, 730, 15);
    expect(gbSeconds).toBeCloseTo(730 * 18.565, 6);
  });

  it('pays for ticks that make no window due', () => {
    const odd = { ...SCHEDULED_BATCH, windowSeconds: 420 };
    const { invocations, ticks, commits, gbSeconds } = scheduledBatchEffort(run, odd, 100, 0);
    expect({ invocations, ticks, commits }).toEqual({ invocations: 700, ticks: 700, commits: 100 });
    expect(gbSeconds).toBeCloseTo(100 * 3.565 + 600 * 0.005, 9);
  });
});

describe('ticksPerWindow', () => {
  it.each([
    [60, 1],
    [300, 1],
    [420, 7], // every minute
    [3_600, 1],
    [5_400, 3], // every 30 minutes
    [86_400, 24], // every hour
    [90, 1.5], // every minute
  ])('asks as often in %i s as the schedule does', (windowSeconds, ticks) => {
    expect(ticksPerWindow(windowSeconds)).toBe(ticks);
  });
});
