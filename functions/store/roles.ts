import { AGGREGATION_NAMES, AGGREGATIONS } from '../core/aggregations.ts';
import { forBothPaths, type Path } from '../core/paths.ts';
import type { Session } from './database.ts';
import { LOCK_SCHEMA } from './schemas.ts';

/** What each function logs in as, where it has a role of its own. */
export type Roles = Record<Path | 'results', string>;

/** What needs no quotes and is not cut short: the names go into SQL. */
const ROLE = /^[a-z_][a-z0-9_]{0,62}$/;

/** @throws RangeError naming the first role that is missing or isn't a plain name */
export function parseRoles(value: unknown): Roles {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const take = (key: keyof Roles): string => {
    const name = given[key];
    if (typeof name === 'string' && ROLE.test(name)) return name;
    throw new RangeError(`Invalid role ${key} '${name}': expected up to 63 lowercase letters, digits and underscores`);
  };
  return { ...forBothPaths(take), results: take('results') };
}

/** A connection that a frozen environment has forgotten keeps a pausing database awake: it is ended after so long. */
export const IDLE_SESSION_SECONDS = 60;

/**
 * Makes the roles that the functions log in as by IAM, takes what PostgreSQL gives to every role, and lets `results` make
 * schemas, or no longer. Can run twice. What a role may do in a schema is granted with the schema (grants.ts).
 *
 * The session's role must own the database, have CREATEROLE, and `rds_iam` with the admin option; it need not be superuser.
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

/** Lets one deploy at a time change roles and the database's privileges, until its transaction ends. */
const LOCK_ROLES = { text: `select pg_advisory_xact_lock(hashtextextended('tidemark roles', 0))` };

/** Which of some roles there are. */
const FIND_ROLES = { text: `select rolname::text as name from pg_roles where rolname = any ($1::text[])` };

/** The database's name as SQL takes it: PostgreSQL has no way to grant on the current one. */
const NAME_DATABASE = { text: `select quote_ident(current_database()) as name` };

/**
 * What the role of a counting function may do in its path's schema, no more and no less than this, whatever was granted
 * there before: read, add rows, move counts and checkpoints on. It can take nothing away, and settings are not its to write.
 *
 * @param schema a name made by schema-name.ts
 * @param role a name checked by role-names.ts
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

/** Lets a role read everything in a path's schema, and do nothing else there. */
export async function grantReading(session: Session, schema: string, role: string): Promise<void> {
  await grantAll(session, schema, [
    `revoke all on schema "${schema}" from "${role}"`,
    `grant usage on schema "${schema}" to "${role}"`,
    `revoke all on all tables in schema "${schema}" from "${role}"`,
    `grant select on all tables in schema "${schema}" to "${role}"`,
  ]);
}

/** In one transaction, so that nobody is without a right meanwhile; one at a time, or PostgreSQL fails on the same row. */
async function grantAll(session: Session, schema: string, statements: readonly string[]): Promise<void> {
  await session.transaction(async () => {
    await session.query(LOCK_SCHEMA, [schema]);
    for (const text of statements) await session.query({ text });
  });
}
