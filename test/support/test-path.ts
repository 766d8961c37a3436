import { randomBytes } from 'node:crypto';
import type { Path } from '#functions/core/paths.ts';
import type { Settings } from '#functions/core/settings.ts';
import { type CommitOutcome, commitTally, type Effort } from '#functions/store/commit.ts';
import type { Database } from '#functions/store/database.ts';
import { preparePath } from '#functions/store/prepare-path.ts';
import { SETTINGS } from './settings.ts';
import { type Batch, effort, SHARD } from './tallies.ts';

/** A path's prepared schema, and a connection to it. */
export type TestPath = {
  database: Database;
  schema: string;
  stream: string;
  settings: Settings;
  commit(batch: Batch, overrides?: Partial<Effort>): Promise<CommitOutcome>;
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The same schema by another connection. */
  by(other: Database): TestPath;
};

export async function preparedPath(
  database: Database,
  options: { path?: Path; shardIds?: string[]; settings?: Settings; stream?: string; schema?: string } = {},
): Promise<TestPath> {
  const { path = 'microBatch', shardIds = [SHARD], settings = SETTINGS, stream = 'events' } = options;
  const schema = options.schema ?? `test_${randomBytes(6).toString('hex')}`;
  await database.within(null, (session) => preparePath(session, schema, path, { stream, shardIds, settings }));
  return pathOn(database, schema, stream, settings);
}

function pathOn(database: Database, schema: string, stream: string, settings: Settings): TestPath {
  return {
    database,
    schema,
    stream,
    settings,
    commit: ({ tally, shards }, overrides) =>
      database.within(schema, (session) => commitTally(session, stream, shards, tally, () => effort(overrides))),
    query: (text, values) => database.within(schema, (session) => session.query({ text }, values)),
    by: (other) => pathOn(other, schema, stream, settings),
  };
}
