import { describe, expect, it } from 'vitest';
import { STANDARD } from '#model/parameters.ts';
import { heldByMicroBatch, heldByScheduledBatch } from '#model/timing/held.ts';
import { MICRO_BATCH, NO_KEY_TWICE, ONE_KEY, SCHEDULED_BATCH } from './one-key.ts';

describe('heldByMicroBatch', () => {
  it('is the rows of one batch, at 210 bytes each, whatever the window', () => {
    const { keys, bytes } = heldByMicroBatch(STANDARD, { ...ONE_KEY, keys: NO_KEY_TWICE }, MICRO_BATCH);
    expect(keys).toBeCloseTo(200, 6); // 100 events
    expect(bytes).toBeCloseTo(42_000, 3);
  });

  it('is nothing while nothing comes', () => {
    expect(heldByMicroBatch(STANDARD, { ...ONE_KEY, eventsPerSecond: 0 }, MICRO_BATCH)).toMatchObject({
      keys: 0,
      bytes: 0,
    });
  });
});

describe('heldByScheduledBatch', () => {
  it('is the rows of a run', () => {
    expect(heldByScheduledBatch(STANDARD, ONE_KEY, SCHEDULED_BATCH)).toMatchObject({ keys: 4, bytes: 840 });
  });

  it('is never more than it may hold, since a run that is cut commits in between', () => {
    const flood = { ...ONE_KEY, eventsPerSecond: 10_000, keys: NO_KEY_TWICE };
    const { keys, mostKeys } = heldByScheduledBatch(STANDARD, flood, { ...SCHEDULED_BATCH, shards: 20 });
    expect(mostKeys).toBeCloseTo((0.25 * 1_024 * 1_048_576) / 210, 6);
    expect(keys).toBeLessThanOrEqual(mostKeys);
    expect(keys).toBeGreaterThan(mostKeys / 2);
  });
});
