import type { Config } from './config.ts';

/** What a shard takes and gives, for all of its readers together but for enhanced fan-out. */
const SHARD_IN_MB_PER_SECOND = 1;
const SHARD_OUT_MB_PER_SECOND = 2;
/** What a function may take, less what functions/scheduled-batch.ts keeps for connecting again and its commit. */
const READ_SECONDS_PER_RUN = 850;
/** Starting, connecting and committing, for each run and each that continues it. */
const START_AND_COMMIT_SECONDS = 5;

/**
 * How long a scheduled batch has for a window, and how long it takes for what comes in meanwhile.
 *
 * In an interval of I seconds a shard that is full to L takes L × 1 MB/s × I. It gives 2 MB/s, of which the mapping reads
 * L × 1 MB/s where both paths stand, so the batch needs L × I / (2 − L) seconds beside the mapping and L × I / 2 alone, plus
 * start and commit. At 100 % beside the mapping that is I + 5 s: never in time. At 50 % and 60 s it is 20 + 5 s.
 */
export function catchUp({ window, shardLoad, paths }: Pick<Config, 'window' | 'shardLoad' | 'paths'>): {
  intervalSeconds: number;
  neededSeconds: number;
} {
  const intervalSeconds = Math.max(window, MINUTE_SECONDS);
  const inMbPerSecond = (shardLoad / 100) * SHARD_IN_MB_PER_SECOND;
  const outMbPerSecond = SHARD_OUT_MB_PER_SECOND - (paths === 'both' ? inMbPerSecond : 0);
  const readSeconds = (inMbPerSecond * intervalSeconds) / outMbPerSecond;
  const runs = Math.ceil(readSeconds / READ_SECONDS_PER_RUN);
  return { intervalSeconds, neededSeconds: Math.ceil(readSeconds + runs * START_AND_COMMIT_SECONDS) };
}

/** Windows below a minute get one run a minute, for all that became due in it. */
const MINUTE_SECONDS = 60;
