import type { Session } from './database.ts';
import type { Roles } from './role-names.ts';

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
