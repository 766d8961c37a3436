import { BOTH_PATHS } from '../core/paths.ts';
import type { Session } from './database.ts';
import { runSchema } from './schema-name.ts';

/** Removes everything a run has in the database. @returns the schemas that were there */
export async function dropRun(session: Session, runId: string): Promise<string[]> {
  const schemas = BOTH_PATHS.map((path) => runSchema(runId, path));
  const present = await session.query<{ schema_name: string }>(FIND_SCHEMAS, [schemas]);
  for (const { schema_name } of present)
    await session.query({ text: `drop schema if exists "${schema_name}" cascade` });
  return present.map(({ schema_name }) => schema_name);
}

/** The ids of the runs that have a schema here. */
export async function listRuns(session: Session): Promise<string[]> {
  return (await session.query<{ run: string }>(LIST_RUNS)).map(({ run }) => run);
}

/** Which of some schemas there are. */
const FIND_SCHEMAS = {
  text: `select schema_name from information_schema.schemata where schema_name = any ($1::text[]) order by 1`,
};

/** The ids of runs, from the names of their schemas. */
const LIST_RUNS = {
  text: `
select distinct substring(schema_name from '^run_([a-z0-9]{4,32})_(?:micro|scheduled)_batch$') as run
from information_schema.schemata
where schema_name ~ '^run_[a-z0-9]{4,32}_(micro|scheduled)_batch$'
order by 1`,
};
