import type { Path } from '../core/paths.ts';
import { QUARANTINE_REASONS } from '../core/quarantine.ts';
import type { Settings } from '../core/settings.ts';
import { SET_SEARCH_PATH, type Session } from './database.ts';
import { migrate } from './migrate.ts';
import { registerShards, writeSettings } from './path-state.ts';

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
