import { AGGREGATION_NAMES, AGGREGATIONS } from '../core/aggregations.ts';
import { forBothPaths, type Path } from '../core/paths.ts';
import type { Session } from './database.ts';
import { LOCK_SCHEMA } from './schemas.ts';

/** The database role of each function that has its own. */
export type Roles = Record<Path | 'results', string>;

/** Role names that PostgreSQL neither quotes nor truncates. They become part of SQL. */
const ROLE = /^[a-z_][a-z0-9_]{0,62}$/;

/** @throws RangeError that names the first missing or invalid role */
export function parseRoles(value: unknown): Roles {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const take = (key: keyof Roles): string => {
    const name = given[key];
    if (typeof name === 'string' && ROLE.test(name)) return name;
    throw new RangeError(`Invalid role ${key} '${name}': expected up to 63 lowercase letters, digits and underscores`);
  };
  return { ...forBothPaths(take), results: take('results') };
}

/** Idle time after which the database ends a session, s. A frozen environment's session would keep it from pausing. */
export const IDLE_SESSION_SECONDS = 60;

/**
 * Makes the roles with which the functions log in by IAM, revokes PostgreSQL's default rights of all roles, and grants
 * or revokes the right of `results` to create schemas. It can run repeatedly. Rights in a schema are granted below.
 *
 * The session's role must own the database, and have CREATEROLE and `rds_iam` with the admin option; no superuser.
 */
export async function makeRoles(session: Session, roles: Roles, { benchmark }: { benchmark: boolean }): Promise<void> {
  await session.transaction(async () => {
    await session.query(LOCK_ROLES);
    const names = Object.values(roles);
    const present = await session.query<{ name: string }>(FIND_ROLES, [names]);
    for (const name of names) {
      if (!present.some((role) => role.name === name)) await session.query({ text: `create role "${name}" login` });
      await session.query({ text: `grant rds_iam to "${name}"` });
    }
    for (const name of ['current_user', ...names.map((name) => `"${name}"`)]) {
      await session.query({ text: `alter role ${name} set idle_session_timeout = '${IDLE_SESSION_SECONDS}s'` });
    }
    const [database] = await session.query<{ name: string }>(NAME_DATABASE);
    await session.query({ text: `revoke temporary on database ${database?.name} from public` });
    await session.query({ text: 'revoke create on schema public from public' });
    await session.query({
      text: benchmark
        ? `grant create on database ${database?.name} to "${roles.results}"`
        : `revoke create on database ${database?.name} from "${roles.results}"`,
    });
  });
}

/** Locks the roles until the transaction ends, so that one deploy at a time changes them and the database's rights. */
const LOCK_ROLES = { text: `select pg_advisory_xact_lock(hashtextextended('tidemark roles', 0))` };

/** Finds the existing ones among some roles. */
const FIND_ROLES = { text: `select rolname::text as name from pg_roles where rolname = any ($1::text[])` };

/** Reads the database's name, quoted for SQL, because PostgreSQL has no syntax to grant on the current database. */
const NAME_DATABASE = { text: `select quote_ident(current_database()) as name` };

/**
 * Gives a counting function's role its rights in the path's schema, in place of all earlier grants: it may read all
 * tables, insert rows, and update counts and checkpoints. It may not delete, and may not write settings.
 *
 * @param schema a name from schemas.ts
 * @param role a name checked by parseRoles
 */
export async function grantCounting(session: Session, schema: string, role: string): Promise<void> {
  const table = (name: string): string => `"${schema}".${name}`;
  const moved = [...AGGREGATION_NAMES.map((name) => AGGREGATIONS[name].table), 'shard_checkpoint'].map(table);
  const added = [...moved, ...['quarantine', 'ledger'].map(table)];
  await grantAll(session, schema, [
    `revoke all on schema "${schema}" from "${role}"`,
    `grant usage on schema "${schema}" to "${role}"`,
    `revoke all on all tables in schema "${schema}" from "${role}"`,
    `grant select on all tables in schema "${schema}" to "${role}"`,
    `grant insert on ${added.join(', ')} to "${role}"`,
    `grant update on ${moved.join(', ')} to "${role}"`,
    `revoke execute on all functions in schema "${schema}" from public`,
    `grant execute on all functions in schema "${schema}" to "${role}"`,
  ]);
}

/** Lets a role read all tables in a path's schema, and revokes all other rights there. */
export async function grantReading(session: Session, schema: string, role: string): Promise<void> {
  await grantAll(session, schema, [
    `revoke all on schema "${schema}" from "${role}"`,
    `grant usage on schema "${schema}" to "${role}"`,
    `revoke all on all tables in schema "${schema}" from "${role}"`,
    `grant select on all tables in schema "${schema}" to "${role}"`,
  ]);
}

/** Runs the grants in one transaction, so that no function lacks a right in between. Concurrent grants would fail. */
async function grantAll(session: Session, schema: string, statements: readonly string[]): Promise<void> {
  await session.transaction(async () => {
    await session.query(LOCK_SCHEMA, [schema]);
    for (const text of statements) await session.query({ text });
  });
}
