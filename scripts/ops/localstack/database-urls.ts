import { EmbeddedStackError } from '#localstack/embedded/errors.ts';
import { checkDatabase } from '#localstack/embedded/postgres/check-database.ts';
import { UsageError } from '#text/usage-error.ts';

/** URLs of one database: for the functions, and for this machine; null: this machine can't reach it. */
export type DatabaseUrls = { functions: string; here: string | null; given: boolean };

/**
 * Reads the URLs from the environment. DATABASE_URL is for both, if functions are processes of this machine. Functions in
 * containers need another URL, FUNCTIONS_DATABASE_URL. Without either, the database is the service of
 * localstack/compose.yaml, whose port on this machine is POSTGRES_PORT.
 *
 * @throws UsageError where the URL for functions is no PostgreSQL URL
 */
export function databaseUrls(env: Readonly<Record<string, string | undefined>>): DatabaseUrls {
  const here = env.DATABASE_URL || null;
  const functions = env.FUNCTIONS_DATABASE_URL || here;
  if (functions !== null) {
    if (/^postgres(ql)?:\/\//.test(functions)) return { functions, here, given: true };
    const name = functions === here ? 'DATABASE_URL' : 'FUNCTIONS_DATABASE_URL';
    throw new UsageError(`Invalid ${name}: expected postgres://user:password@host:port/database`);
  }
  const user = 'postgres://tidemark:tidemark@';
  return {
    functions: `${user}postgres:5432/tidemark`,
    here: `${user}127.0.0.1:${env.POSTGRES_PORT || '5432'}/tidemark`,
    given: false,
  };
}

/**
 * Makes sure that the database can be used, as far as this machine can reach it.
 *
 * @throws UsageError or EmbeddedStackError in one line
 */
export async function requireDatabase({ here, given }: DatabaseUrls): Promise<void> {
  if (here === null) return;
  try {
    await checkDatabase(here);
  } catch (error) {
    if (given || !(error instanceof EmbeddedStackError)) throw error;
    const { host } = new URL(here);
    throw new UsageError(
      `No database at ${host}, the address in localstack/compose.yaml: start it with docker compose, or run npm run postgres and set DATABASE_URL to the URL that it prints`,
      { cause: error },
    );
  }
}
