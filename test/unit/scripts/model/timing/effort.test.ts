import { describe, expect, it } from 'vitest';
import type { Deployment } from '#model/deployment.ts';
import type { BatchRun } from '#model/timing/batch-run.ts';
import { NO_EFFORT, type PathEffort, scheduledBatchEffort } from '#model/timing/effort.ts';
import { planSchedule } from '#model/timing/schedule.ts';
import { inputsOf, MICRO_BATCH, ONE_KEY, planOf, runOf, SCHEDULED_BATCH } from './one-key.ts';

describe('microBatchEffort', () => {
  it('is a month of batches, each billed half a millisecond beyond its mean', () => {
    const effort = planOf(ONE_KEY, MICRO_BATCH).microBatch?.effort;
    expect(effort).toEqual({
      ...NO_EFFORT,
      invocations: 2_628_000, // one a second
      gbSeconds: expect.closeTo(0.0060722345 * 2_628_000, 3), // 5.5722345 + 0.5 ms at 1 GB
      commits: 2_628_000,
      // 2 each, and 2 more in those that cross the end of one of 8,760 windows
      rowsWritten: expect.closeTo(5_256_000 + 17_520, 3),
      rowsFresh: expect.closeTo(17_520, 6),
    });
  });

  it('is nothing while nothing comes', () => {
    const idle = { ...ONE_KEY, eventsPerSecond: 0 };
    expect(planOf(idle, MICRO_BATCH).microBatch?.effort).toEqual(NO_EFFORT);
  });
});

describe('scheduledBatchEffort', () => {
  const effortOf = (run: BatchRun, deployment: Deployment, runs: number, resumeSeconds: number): PathEffort =>
    scheduledBatchEffort(run, inputsOf(ONE_KEY, deployment), planSchedule(deployment), runs, resumeSeconds);
  const run = runOf(ONE_KEY, SCHEDULED_BATCH);

  it('is a cold run a window', () => {
    expect(effortOf(run, SCHEDULED_BATCH, 8_760, 0)).toEqual({
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
    const { gbSeconds } = effortOf(run, SCHEDULED_BATCH, 730, 15);
    expect(gbSeconds).toBeCloseTo(730 * 18.564572, 6);
  });

  it('pays for ticks that make no window due, and for what they answer', () => {
    const odd = { ...SCHEDULED_BATCH, windowSeconds: 420 };
    const effort = effortOf(run, odd, 100, 0);
    expect(effort).toMatchObject({ invocations: 700, ticks: 700, successEvents: 700, commits: 100, connections: 100 });
    expect(effort.gbSeconds).toBeCloseTo(100 * 3.564572 + 600 * 0.0055, 9);
  });

  it('pays for invocations that continue a run: warm, with a commit and a connection each, asked by the run before', () => {
    const daily = { ...SCHEDULED_BATCH, windowSeconds: 86_400 };
    const continued = runOf(ONE_KEY, daily);
    expect(continued.parts).toBe(2);
    const effort = effortOf(continued, daily, 30, 15);
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
