import { UsageError } from '#text/usage-error.ts';

/** One database as two see it: the functions, and this machine; null: this machine can't see it. */
export type DatabaseUrls = { functions: string; here: string | null; given: boolean };

/**
 * DATABASE_URL is the database as both see it, which is so where functions are processes of this machine. Functions in
 * containers see it elsewhere: FUNCTIONS_DATABASE_URL says where. Without either it is the service of
 * localstack/compose.yaml, whose port on this machine is POSTGRES_PORT.
 *
 * @throws UsageError where the functions' URL is none of PostgreSQL
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
