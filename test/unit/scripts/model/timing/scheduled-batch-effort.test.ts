import { describe, expect, it } from 'vitest';
import { STANDARD } from '#model/parameters.ts';
import { planBatchRun } from '#model/timing/batch-run.ts';
import { scheduledBatchEffort } from '#model/timing/scheduled-batch-effort.ts';
import { ONE_KEY, SCHEDULED_BATCH } from './one-key.ts';

describe('scheduledBatchEffort', () => {
  const run = planBatchRun(STANDARD, ONE_KEY, SCHEDULED_BATCH);

  it('is a cold run a window', () => {
    expect(scheduledBatchEffort(STANDARD, run, SCHEDULED_BATCH, 8_760, 0)).toEqual({
      invocations: 8_760,
      gbSeconds: expect.closeTo(8_760 * 3.564572, 6), // 500 ms of INIT + 3,064.072, and 0.5 for the begun one
      commits: 8_760,
      rowsWritten: 35_040,
      rowsFresh: 17_520,
      bytesRead: 52_560_000_000, // 6 MB each
      recordsRead: 262_800_000,
      ticks: 8_760,
      successEvents: 8_760,
      connections: 8_760,
    });
  });

  it('waits for a database that paused, and pays for it', () => {
    const { gbSeconds } = scheduledBatchEffort(STANDARD, run, SCHEDULED_BATCH, 730, 15);
    expect(gbSeconds).toBeCloseTo(730 * 18.564572, 6);
  });

  it('pays for ticks that make no window due, and for what they answer', () => {
    const odd = { ...SCHEDULED_BATCH, windowSeconds: 420 };
    const effort = scheduledBatchEffort(STANDARD, run, odd, 100, 0);
    expect(effort).toMatchObject({ invocations: 700, ticks: 700, successEvents: 700, commits: 100, connections: 100 });
    expect(effort.gbSeconds).toBeCloseTo(100 * 3.564572 + 600 * 0.0055, 9);
  });

  it('pays for invocations that continue a run: warm, with a commit and a connection each, asked by the run before', () => {
    const daily = { ...SCHEDULED_BATCH, windowSeconds: 86_400 };
    const continued = planBatchRun(STANDARD, ONE_KEY, daily);
    expect(continued.parts).toBe(2);
    const effort = scheduledBatchEffort(STANDARD, continued, daily, 30, 15);
    expect(effort).toMatchObject({
      ticks: 720, // by the hour
      invocations: 720 + 30,
      successEvents: 720 + 30,
      commits: 60,
      connections: 60,
      rowsWritten: expect.closeTo(30 * 6, 9),
      bytesRead: 30 * 1_728_000_000,
    });
    // 500 ms + 432.0640585 s + 15 s, then 432.0640585 s; 23 ticks a day of 5 ms; 0.5 ms more each
    expect(effort.gbSeconds).toBeCloseTo(30 * (447.5645585 + 432.0645585) + 690 * 0.0055, 6);
  });
});
