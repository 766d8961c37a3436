import { BOTH_PATHS, PATHS, type Path } from '../core/paths.ts';
import type { Session } from './database.ts';

const RUN_ID = /^[a-z0-9]{4,32}$/;

/** The schema of a benchmark run's path. @throws RangeError where the id isn't one of ours: the name goes into SQL. */
export function runSchema(runId: string, path: Path): string {
  if (!RUN_ID.test(runId))
    throw new RangeError(`Invalid run '${runId}': expected 4 to 32 lowercase letters and digits`);
  return `run_${runId}_${PATHS[path].schema}`;
}

/** The schema of the deployed stream's path: the path's own, unless the stack was told to count into a run's. */
export function deployedSchema(path: Path, deployed: { deployedRun: string | null }): string {
  return deployed.deployedRun === null ? PATHS[path].schema : runSchema(deployed.deployedRun, path);
}

/**
 * The schema that a path writes to follows from the stream's name: the deployed stream has the path's own, a run's stream
 * `<prefix><id>` has the run's. So no function is reconfigured for a run, and no event is counted elsewhere.
 */
export function schemaOfStream(
  stream: string,
  path: Path,
  deployed: { stream: string; runPrefix: string; deployedRun: string | null },
): string {
  if (stream === deployed.stream) return deployedSchema(path, deployed);
  if (stream.startsWith(deployed.runPrefix)) return runSchema(stream.slice(deployed.runPrefix.length), path);
  throw new RangeError(
    `Unknown stream '${stream}': expected '${deployed.stream}' or '${deployed.runPrefix}<id>'; remove the mapping that reads it`,
  );
}

/** Lets one transaction at a time change what a schema is made of, or who may use it, until it ends. */
export const LOCK_SCHEMA = {
  text: `select pg_advisory_xact_lock(hashtextextended('tidemark migration of ' || $1, 0))`,
};

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
