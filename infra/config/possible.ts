import { catchUp } from './catch-up.ts';
import type { Config } from './config.ts';
import { ContextError } from './context-error.ts';
import { EMULATOR_ACCOUNT } from './emulator-account.ts';

/**
 * Refuses what each key allows and no stack can do.
 *
 * @throws ContextError naming the keys, their values and what would be possible
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

/** The micro-batch path reads on all the time; a batch's records must still be there when it comes, and be read in time. */
function requireBatchInTime(config: Config): void {
  const { window, bound, margin, retention, paths, shardLoad } = config;
  // A window's first record is a window and the lag old when its run begins; if that run fails, the next must still find it.
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
