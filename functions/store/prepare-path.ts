import type { Path } from '../core/paths.ts';
import { QUARANTINE_REASONS } from '../core/quarantine.ts';
import type { Settings } from '../core/settings.ts';
import { SET_SEARCH_PATH, type Session } from './database.ts';
import { MIGRATIONS } from './migrations.ts';
import { registerShards, writeSettings } from './path-state.ts';
import { LOCK_SCHEMA } from './schemas.ts';

/**
 * Prepares a path's schema to count a stream: tables, settings, reasons for quarantine, and the existing shards.
 *
 * @throws Error if the schema holds counts of another stream or in windows of another size
 */
export async function preparePath(
  session: Session,
  schema: string,
  path: Path,
  counted: { stream: string; shardIds: readonly string[]; settings: Settings },
): Promise<void> {
  await migrate(session, schema);
  await session.query(SET_SEARCH_PATH, [schema]);
  await writeSettings(session, path, counted.stream, counted.settings);
  await writeReasons(session);
  await registerShards(session, counted.stream, counted.shardIds);
}

/**
 * Creates a path's schema if it is missing, and applies the migrations that it lacks. It can run repeatedly and
 * concurrently: an advisory lock makes the second run wait, and that run then finds nothing to do.
 *
 * @param schema a name from schemas.ts: it is an identifier in the SQL text
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

/** Creates the table of the migrations that were applied to a schema. */
const CREATE_MIGRATION = {
  text: `create table if not exists migration (version int primary key, applied_at timestamptz not null default now())`,
};

/** Counts the applied migrations. */
const COUNT_APPLIED = { text: `select count(*)::int as count from migration` };

/** Records an applied migration. */
const RECORD_MIGRATION = { text: `insert into migration (version) values ($1)` };

/** Writes the reasons of the deployed code; a change to them needs no migration. */
async function writeReasons(session: Session): Promise<void> {
  const reasons = Object.entries(QUARANTINE_REASONS);
  await session.query(WRITE_REASONS, [
    reasons.map(([reason]) => reason),
    reasons.map(([, { expected }]) => expected),
    reasons.map(([, { nextStep }]) => nextStep),
  ]);
}

/** Inserts or updates the explanation of each reason for quarantine. */
const WRITE_REASONS = {
  text: `
insert into quarantine_reason as r (reason, expected, next_step)
select * from unnest($1::text[], $2::text[], $3::text[])
order by 1
on conflict (reason) do update set expected = excluded.expected, next_step = excluded.next_step`,
};
