import type { Session } from './database.ts';
import { MIGRATIONS } from './migrations.ts';

/**
 * Brings a path's schema up to date; the session's database need not have it yet. Can run twice, and two at once: an
 * advisory lock makes the second wait, and it then finds nothing to do.
 *
 * @param schema a name made by schema-name.ts: it stands in SQL as an identifier
 */
export async function migrate(session: Session, schema: string): Promise<void> {
  await session.transaction(async () => {
    await session.query(LOCK_SCHEMA, [schema]);
    await session.query({ text: `create schema if not exists "${schema}"` });
    await session.query({ text: `set local search_path = "${schema}"` });
    await session.query(CREATE_MIGRATION);
    const [applied] = await session.query<{ count: number }>(COUNT_APPLIED);
    for (let version = applied?.count ?? 0; version < MIGRATIONS.length; version++) {
      await session.query({ text: MIGRATIONS[version] as string });
      await session.query(RECORD_MIGRATION, [version + 1]);
    }
  });
}

/** Lets one transaction at a time change what a schema is made of, or who may use it, until it ends. */
export const LOCK_SCHEMA = {
  text: `select pg_advisory_xact_lock(hashtextextended('tidemark migration of ' || $1, 0))`,
};

/** What has been applied to this schema. */
const CREATE_MIGRATION = {
  text: `create table if not exists migration (version int primary key, applied_at timestamptz not null default now())`,
};

/** How many of the migrations. */
const COUNT_APPLIED = { text: `select count(*)::int as count from migration` };

/** One more. */
const RECORD_MIGRATION = { text: `insert into migration (version) values ($1)` };
