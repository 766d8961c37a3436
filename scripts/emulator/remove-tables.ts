import { listRuns, removeRun } from '../run/left-runs.ts';
import { invoke } from '../targets/invoke.ts';
import type { Target } from '../targets/target.ts';
import { UsageError } from '../usage-error.ts';
import { functionOf } from './function-of.ts';

/**
 * Removes what only the stack's own functions can reach, so before they go: the runs that are left, and the tables of the
 * deployed paths.
 *
 * @throws UsageError where the functions can't do it, most of all for want of the database
 */
export async function removeTables(target: Target): Promise<void> {
  try {
    for (const run of await listRuns(target)) await removeRun(target, run);
    await invoke(target.lambda, functionOf(target.place.stack, 'schema'), { remove: true });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `The tables can't be removed: ${(error as Error).message}: start the database, or pass --keep-tables to leave them`,
      { cause: error },
    );
  }
}
