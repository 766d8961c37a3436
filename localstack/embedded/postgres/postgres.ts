import { EmbeddedStackError, messageOf } from '../errors.ts';
import { type Keeper, startKeeper } from '../lifetime/start-keeper.ts';

/** A real PostgreSQL on 127.0.0.1, its superuser's URL, and its end. */
export type EmbeddedPostgres = Keeper;

/**
 * Starts a PostgreSQL in a process group of its own. It ends, and its data folder goes, on `close` and also when this
 * process ends in any other way.
 *
 * @param options `port` 0 or none: the system chooses
 * @throws EmbeddedStackError with the server's last line where it can't start
 */
export async function startPostgres({ port = 0 }: { port?: number } = {}): Promise<EmbeddedPostgres> {
  try {
    return await startKeeper(new URL('keeper.ts', import.meta.url), [String(port)]);
  } catch (cause) {
    throw new EmbeddedStackError(`PostgreSQL can't start here: ${messageOf(cause)}; set DATABASE_URL instead`, {
      cause,
    });
  }
}
