import type { Session } from './database.ts';
import { LOCK_SCHEMA } from './migrate.ts';

/**
 * Drops a path's schema with all that is in it, if it is there and counts this stream, or nothing yet. One that counts another
 * stream belongs to another stack in the same database, and one without our settings is nobody's business here.
 *
 * @param schema a name made by schema-name.ts: it stands in SQL as an identifier
 * @returns whether it was dropped
 */
export function dropDeployed(session: Session, schema: string, stream: string): Promise<boolean> {
  return session.transaction(async () => {
    await session.query(LOCK_SCHEMA, [schema]);
    const [found] = await session.query<{ ours: boolean }>(FIND_SETTINGS, [schema]);
    if (found === undefined || !found.ours) return false;
    const counted = await session.query<{ stream: string }>({ text: `select stream from "${schema}".settings` });
    if (counted.some((settings) => settings.stream !== stream)) return false;
    await session.query({ text: `drop schema "${schema}" cascade` });
    return true;
  });
}

/** Whether a schema is one of ours. */
const FIND_SETTINGS = { text: `select to_regclass(quote_ident($1) || '.settings') is not null as ours` };
