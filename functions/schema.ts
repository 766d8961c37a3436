import type { SchemaAnswer, SchemaRequest } from './contract.ts';
import { BOTH_PATHS } from './core/paths.ts';
import { readDeployment } from './deployment.ts';
import type { Context } from './invocation.ts';
import { connectionBy } from './login/connection.ts';
import { type Database, openDatabase } from './store/database.ts';
import { preparePath } from './store/prepare-path.ts';
import { grantCounting, grantReading, makeRoles } from './store/roles.ts';
import { deployedSchema, dropDeployed } from './store/schemas.ts';
import { createKinesisClient, listShards } from './stream/kinesis-source.ts';

const deployment = readDeployment();
const kinesis = createKinesisClient();

/**
 * Runs at each deploy, before any record is read. It makes the roles, the schemas of the deployed paths and their
 * settings, and registers the stream's shards. On a request to remove, it drops the schemas instead.
 *
 * @throws Error if a removal is requested and the stack is deployed to keep its data
 */
export async function handler(request: unknown, context: Context): Promise<SchemaAnswer> {
  const removal = isRemoval(request);
  if (removal && !deployment.removable) {
    throw new Error(
      `Stack '${deployment.stack}' keeps its tables: deploy it with -c protect=false to have them removed`,
    );
  }
  const database = openDatabase({
    connection: connectionBy(deployment.login),
    applicationName: 'tidemark schema',
    statementTimeoutMs: 60_000,
    remainingMs: () => context.getRemainingTimeInMillis(),
  });
  try {
    return removal ? { removed: await remove(database) } : { schemas: await prepare(database) };
  } finally {
    await database.close();
  }
}

function isRemoval(request: unknown): request is SchemaRequest {
  return typeof request === 'object' && request !== null && 'remove' in request && request.remove === true;
}

async function prepare(database: Database): Promise<string[]> {
  const { stream, settings, paths, roles, benchmark } = deployment;
  const shardIds = (await listShards(kinesis, stream)).map(({ shardId }) => shardId);
  if (roles !== null) await database.within(null, (session) => makeRoles(session, roles, { benchmark }));
  const schemas: string[] = [];
  for (const path of paths) {
    const schema = deployedSchema(path, deployment);
    await database.within(null, async (session) => {
      await preparePath(session, schema, path, { stream, shardIds, settings });
      if (roles === null) return;
      await grantCounting(session, schema, roles[path]);
      await grantReading(session, schema, roles.results);
    });
    schemas.push(schema);
  }
  return schemas;
}

/** Drops the schemas of both paths, because a path that is no longer deployed has left its tables. */
async function remove(database: Database): Promise<string[]> {
  const removed: string[] = [];
  for (const path of BOTH_PATHS) {
    const schema = deployedSchema(path, deployment);
    if (await database.within(null, (session) => dropDeployed(session, schema, deployment.stream)))
      removed.push(schema);
  }
  return removed;
}
