import type { Settings } from '../core/settings.ts';
import type { Session } from './database.ts';
import { migrate } from './migrate.ts';
import { registerShards, writeSettings } from './path-state.ts';
import { PATHS, type Path, runSchema } from './schema-name.ts';

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
  await registerShards(session, counted.stream, counted.shardIds);
}

/** Removes everything a run has in the database. @returns the schemas that were there */
export async function dropRun(session: Session, runId: string): Promise<string[]> {
  const schemas = PATHS.map((path) => runSchema(runId, path));
  const present = await session.query<{ schema_name: string }>(FIND_SCHEMAS, [schemas]);
  for (const { schema_name } of present)
    await session.query({ text: `drop schema if exists "${schema_name}" cascade` });
  return present.map(({ schema_name }) => schema_name);
}

/** The ids of the runs that have a schema here. */
export async function listRuns(session: Session): Promise<string[]> {
  return (await session.query<{ run: string }>(LIST_RUNS)).map(({ run }) => run);
}

const SET_SEARCH_PATH = { text: `select set_config('search_path', $1, false)` };

const FIND_SCHEMAS = {
  text: `select schema_name from information_schema.schemata where schema_name = any ($1::text[]) order by 1`,
};

const LIST_RUNS = {
  text: `
select distinct substring(schema_name from '^run_([a-z0-9]{4,32})_(?:micro|scheduled)_batch$') as run
from information_schema.schemata
where schema_name ~ '^run_[a-z0-9]{4,32}_(micro|scheduled)_batch$'
order by 1`,
};
