import { describe, expect, it } from 'vitest';
import { createTimeline, type TimelinePoint, toPathPoint } from '#bench/run/timeline.ts';

const point = (atMs: number): TimelinePoint => ({ atMs, sent: atMs / 2, microBatch: null, scheduledBatch: null });

/** When the points are that are left of these. */
function timesLeft(timesMs: readonly number[], options?: Parameters<typeof createTimeline>[0]): number[] {
  const timeline = createTimeline(options);
  for (const atMs of timesMs) timeline.add(point(atMs));
  return timeline.points().map(({ atMs }) => atMs);
}

const every = (ms: number, count: number) => Array.from({ length: count }, (_, i) => i * ms);

describe('createTimeline', () => {
  it('keeps a point a second, and the last one', () => {
    expect(timesLeft([0, 300, 900, 1_000, 1_300, 2_100, 2_400])).toEqual([0, 1_000, 2_100, 2_400]);
  });

  it('begins with the load', () => {
    expect(timesLeft([-1_500, -1, 0, 1_000])).toEqual([0, 1_000]);
  });

  it('keeps points that come more rarely', () => {
    expect(timesLeft([500, 1_700, 5_000])).toEqual([500, 1_700, 5_000]);
  });

  it('doubles the distance whenever there are too many', () => {
    const options = { everyMs: 1_000, maxPoints: 4 };
    expect(timesLeft(every(1_000, 4), options)).toEqual([0, 2_000, 3_000]); // 3,000 as the last
    expect(timesLeft(every(1_000, 8), options)).toEqual([0, 4_000, 7_000]);
    expect(timesLeft(every(1_000, 16), options)).toEqual([0, 8_000, 15_000]);
  });

  it('never holds more than it may, from the first moment to the last', () => {
    const left = timesLeft(every(1_000, 86_400));
    expect(left.length).toBeGreaterThan(300);
    expect(left.length).toBeLessThanOrEqual(601);
    expect([left[0], left.at(-1)]).toEqual([0, 86_399_000]);
  });

  it('has none where none was added', () => {
    expect(timesLeft([])).toEqual([]);
  });
});

describe('toPathPoint', () => {
  it("has the lag in the order of the shards' ids", () => {
    const lag = new Map([
      ['shardId-000000000002', 3],
      ['shardId-000000000000', 1],
      ['shardId-000000000001', 2],
    ]);
    const progress = { events: 40, lag, linesReached: 41, drained: false };
    expect(toPathPoint(progress)).toEqual({ counted: 40, lag: [1, 2, 3] });
  });
});
