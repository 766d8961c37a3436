import { EmbeddedStackError, messageOf } from '../errors.ts';
import { type Keeper, startKeeper } from '../lifetime/keeper.ts';

/** A PostgreSQL server on 127.0.0.1; `url` is its superuser's. */
export type EmbeddedPostgres = Keeper;

/**
 * Starts a PostgreSQL server in its own process group. The server ends and its data folder is deleted on `close`, and also
 * when this process ends in any other way.
 *
 * @param options `port`: 0, the default, lets the system choose
 * @throws EmbeddedStackError with the server's last line when it cannot start
 */
export async function startPostgres({ port = 0 }: { port?: number } = {}): Promise<EmbeddedPostgres> {
  try {
    return await startKeeper(new URL('cluster.ts', import.meta.url), [String(port)]);
  } catch (cause) {
    throw new EmbeddedStackError(`PostgreSQL can't start here: ${messageOf(cause)}; set DATABASE_URL instead`, {
      cause,
    });
  }
}
