import { BOTH_PATHS, PATHS, type Path } from '../core/paths.ts';
import type { Session } from './database.ts';

const RUN_ID = /^[a-z0-9]{4,32}$/;

/**
 * Schema of a benchmark run's path.
 *
 * @throws RangeError if the id is not a run id; the check matters, because the name becomes part of SQL
 */
export function runSchema(runId: string, path: Path): string {
  if (!RUN_ID.test(runId))
    throw new RangeError(`Invalid run '${runId}': expected 4 to 32 lowercase letters and digits`);
  return `run_${runId}_${PATHS[path].schema}`;
}

/** Schema of a path for the deployed stream: the path's own, or a run's if the stack is configured to count into it. */
export function deployedSchema(path: Path, deployed: { deployedRun: string | null }): string {
  return deployed.deployedRun === null ? PATHS[path].schema : runSchema(deployed.deployedRun, path);
}

/**
 * Schema of a path for any stream, by the stream's name: the deployed stream has the path's own schema, and a run's
 * stream `<prefix><id>` has the run's schema. So no function is reconfigured for a run.
 *
 * @throws RangeError if the stream is neither
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

/** Locks a schema until the transaction ends, so that one transaction at a time changes its tables or its grants. */
export const LOCK_SCHEMA = {
  text: `select pg_advisory_xact_lock(hashtextextended('tidemark migration of ' || $1, 0))`,
};

/** Drops both schemas of a run. @returns the names of the schemas that existed */
export async function dropRun(session: Session, runId: string): Promise<string[]> {
  const schemas = BOTH_PATHS.map((path) => runSchema(runId, path));
  const present = await session.query<{ schema_name: string }>(FIND_SCHEMAS, [schemas]);
  for (const { schema_name } of present)
    await session.query({ text: `drop schema if exists "${schema_name}" cascade` });
  return present.map(({ schema_name }) => schema_name);
}

/** Lists the ids of the runs that have a schema in this database. */
export async function listRuns(session: Session): Promise<string[]> {
  return (await session.query<{ run: string }>(LIST_RUNS)).map(({ run }) => run);
}

/** Finds the existing ones among some schemas. */
const FIND_SCHEMAS = {
  text: `select schema_name from information_schema.schemata where schema_name = any ($1::text[]) order by 1`,
};

/** Reads the ids of runs from the names of their schemas. */
const LIST_RUNS = {
  text: `
select distinct substring(schema_name from '^run_([a-z0-9]{4,32})_(?:micro|scheduled)_batch$') as run
from information_schema.schemata
where schema_name ~ '^run_[a-z0-9]{4,32}_(micro|scheduled)_batch$'
order by 1`,
};

/**
 * Drops a path's schema with all its contents if it counts this stream, or has no settings row yet. A schema that
 * counts another stream belongs to another stack, and one without our settings table to another program.
 *
 * @param schema a name from deployedSchema: it is an identifier in the SQL text
 * @returns whether the schema was dropped
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

/** Tells whether a schema has our settings table. */
const FIND_SETTINGS = { text: `select to_regclass(quote_ident($1) || '.settings') is not null as ours` };
