import type { Config } from './config.ts';
import { ContextError } from './context-values.ts';
import { EMULATOR_ACCOUNT } from './emulator-account.ts';

/**
 * Refuses combinations of valid values with which no stack can work.
 *
 * @throws ContextError naming the keys, their values and a possible combination
 */
export function requirePossible(config: Config, account: string | undefined): void {
  requireReachableDatabase(config, account);
  if (config.benchmark && config.paths !== 'both') {
    throw new ContextError(
      `Impossible context benchmark 'true' with paths '${config.paths}': a benchmark compares two paths; ` +
        'leave out one of the two',
    );
  }
  if (config.paths !== 'micro-batch') requireBatchInTime(config);
}

function requireReachableDatabase({ database, databaseSecret }: Config, account: string | undefined): void {
  if (database === 'aurora') {
    if (databaseSecret === null) return;
    throw new ContextError(
      `Impossible context databaseSecret '${databaseSecret}' with database 'aurora': the stack's own Aurora needs no ` +
        'secret; leave it out, or pass -c database=external',
    );
  }
  if (databaseSecret === null && account !== undefined && account !== EMULATOR_ACCOUNT) {
    throw new ContextError(
      `Impossible context database 'external' without databaseSecret in account ${account}: a plain URL is taken only ` +
        `for emulators, in account ${EMULATOR_ACCOUNT}; pass -c databaseSecret=<ARN>`,
    );
  }
}

/** A batch must find its records before they expire, and read them in time. The micro-batch path reads all the time. */
function requireBatchInTime(config: Config): void {
  const { window, bound, margin, retention, paths, shardLoad } = config;
  // When a run begins, its window's first record is a window and the lag old. If the run fails, the next must still find it.
  const leastHours = Math.ceil((2 * window + bound + margin) / 3600);
  if (retention < leastHours) {
    throw new ContextError(
      `Impossible context retention '${retention}' with window '${window}': expected at least ${leastHours} hours, ` +
        `two windows + bound + margin; pass -c retention=${leastHours}, or a shorter window`,
    );
  }
  const { intervalSeconds, neededSeconds } = catchUp(config);
  if (neededSeconds > intervalSeconds) {
    throw new ContextError(
      `Impossible context shardLoad '${shardLoad}' with window '${window}' and paths '${paths}': reading what comes in ` +
        `within ${intervalSeconds} s takes a batch ${neededSeconds} s beside the mapping; spread the load over more shards ` +
        'and pass the shardLoad that is left to each, or a longer window (which helps below 100), or -c paths=scheduled-batch',
    );
  }
}

/** Limits of a shard, shared by all readers without enhanced fan-out. */
const SHARD_IN_MB_PER_SECOND = 1;
const SHARD_OUT_MB_PER_SECOND = 2;
/** Time limit of a function, less the time that functions/scheduled-batch.ts reserves for a new connection and the commit. */
const READ_SECONDS_PER_RUN = 850;
/** Time to start, connect and commit, for each run and each continuation. */
const START_AND_COMMIT_SECONDS = 5;

/**
 * Time that a scheduled batch has for a window, and time that it needs for the records of one.
 *
 * In I seconds a shard with load L receives L × 1 MB/s × I. It delivers 2 MB/s, of which the mapping reads L × 1 MB/s when
 * both paths are deployed. So the batch needs L × I / (2 − L) seconds beside the mapping and L × I / 2 alone, plus start
 * and commit. At 100 % beside the mapping that is I + 5 s: never in time. At 50 % and 60 s it is 20 + 5 s.
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

/** Windows below a minute get one run a minute, for all windows that became due in it. */
const MINUTE_SECONDS = 60;
