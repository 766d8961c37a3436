import pg from 'pg';
import { EmbeddedStackError } from '../errors.ts';

const OLDEST = 160_000;

/**
 * Makes sure that a database can be used before anything is started for it.
 *
 * @throws EmbeddedStackError in one line: where, what is wrong, what was expected
 */
export async function checkDatabase(url: string): Promise<void> {
  const place = placeOf(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // the query that it breaks reports it
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
    await client.end().catch(() => undefined); // it may never have begun
  }
}

/** Host and database without the password. @throws EmbeddedStackError where the text is no URL of PostgreSQL */
function placeOf(url: string): string {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new EmbeddedStackError(`Invalid DATABASE_URL: expected postgres://user:password@host:port/database`);
  }
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
