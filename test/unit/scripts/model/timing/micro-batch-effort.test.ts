import { describe, expect, it } from 'vitest';
import { STANDARD } from '#model/parameters.ts';
import { microBatchEffort } from '#model/timing/micro-batch-effort.ts';
import { NO_EFFORT } from '#model/timing/path-effort.ts';
import { MICRO_BATCH, MONTH_SECONDS, ONE_KEY } from './one-key.ts';

describe('microBatchEffort', () => {
  it('is a month of batches, each billed half a millisecond beyond its mean', () => {
    const effort = microBatchEffort(STANDARD, ONE_KEY, MICRO_BATCH, MONTH_SECONDS);
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
    expect(microBatchEffort(STANDARD, idle, MICRO_BATCH, MONTH_SECONDS)).toEqual(NO_EFFORT);
  });
});
