import { describe, expect, it } from 'vitest';
import { catchUp } from '#infra/config/catch-up.ts';

describe('catchUp', () => {
  it.each([
    // 30 MB at 2 - 0.5 MB/s, and 5 s
    ['half full, beside the mapping, a minute', 50, 60, 'both', 60, 25],
    // 150 MB at 1.5 MB/s
    ['half full, beside the mapping, five minutes', 50, 300, 'both', 300, 105],
    // 300 MB at 1 MB/s
    ['full, beside the mapping', 100, 300, 'both', 300, 305],
    // 60 MB at 2 MB/s
    ['full, alone', 100, 60, 'scheduled-batch', 60, 35],
    // one run a minute, whatever the window
    ['windows of a second', 50, 1, 'both', 60, 25],
    // 1,800 MB at 1.5 MB/s are 1,200 s: two runs, as one reads 850 s
    ['an hour, in two runs', 50, 3600, 'both', 3600, 1210],
  ] as const)('of shards %s', (_, shardLoad, window, paths, intervalSeconds, neededSeconds) => {
    expect(catchUp({ window, shardLoad, paths })).toEqual({ intervalSeconds, neededSeconds });
  });
});
