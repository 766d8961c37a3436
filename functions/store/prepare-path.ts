import type { Path } from '../core/paths.ts';
import { QUARANTINE_REASONS } from '../core/quarantine.ts';
import type { Settings } from '../core/settings.ts';
import { SET_SEARCH_PATH, type Session } from './database.ts';
import { MIGRATIONS } from './migrations.ts';
import { registerShards, writeSettings } from './path-state.ts';
import { LOCK_SCHEMA } from './schemas.ts';

/**
 * Makes a path's schema ready to count a stream: tables, settings, and the shards that are there.
 *
 * @throws Error where the schema holds counts of another stream or in windows of another size
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

/** What has been applied to this schema. */
const CREATE_MIGRATION = {
  text: `create table if not exists migration (version int primary key, applied_at timestamptz not null default now())`,
};

/** How many of the migrations. */
const COUNT_APPLIED = { text: `select count(*)::int as count from migration` };

/** One more. */
const RECORD_MIGRATION = { text: `insert into migration (version) values ($1)` };

/** As the code has them now: they change without a migration. */
async function writeReasons(session: Session): Promise<void> {
  const reasons = Object.entries(QUARANTINE_REASONS);
  await session.query(WRITE_REASONS, [
    reasons.map(([reason]) => reason),
    reasons.map(([, { expected }]) => expected),
    reasons.map(([, { nextStep }]) => nextStep),
  ]);
}

/** Explains every reason for quarantine that this version knows. */
const WRITE_REASONS = {
  text: `
insert into quarantine_reason as r (reason, expected, next_step)
select * from unnest($1::text[], $2::text[], $3::text[])
order by 1
on conflict (reason) do update set expected = excluded.expected, next_step = excluded.next_step`,
};
