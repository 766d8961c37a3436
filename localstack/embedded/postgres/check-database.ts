import pg from 'pg';
import { EmbeddedStackError } from '../errors.ts';

const OLDEST = 160_000;

/**
 * Checks that a database is usable before anything starts.
 *
 * @throws EmbeddedStackError in one line: where, what is wrong, what was expected
 */
export async function checkDatabase(url: string): Promise<void> {
  const place = placeOf(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // the query that fails reports the error
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; may_create: boolean }>(
      `select current_setting('server_version_num')::int as version,
        has_database_privilege(current_database(), 'CREATE') as may_create`,
    );
    const [server] = rows;
    if (server === undefined || server.version < OLDEST) {
      throw new Error(`version ${server?.version}; expected PostgreSQL 16 or newer`);
    }
    if (!server.may_create) throw new Error('this user may not create schemas; grant create on the database');
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    throw new EmbeddedStackError(
      `Can't use the database at ${place}: ${message || code}; check DATABASE_URL, or unset it`,
      {
        cause: error,
      },
    );
  } finally {
    await client.end().catch(() => undefined); // the connection may never have opened
  }
}

/** Host and database of a URL, without the password. @throws EmbeddedStackError for a text that is no PostgreSQL URL */
function placeOf(url: string): string {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new EmbeddedStackError(`Invalid DATABASE_URL: expected postgres://user:password@host:port/database`);
  }
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
