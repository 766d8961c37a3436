import { readDeployment } from './deployment.ts';
import type { Context } from './invocation.ts';
import { openDatabase } from './store/database.ts';
import { preparePath } from './store/prepare-path.ts';
import { deployedSchema, PATHS } from './store/schema-name.ts';
import { createKinesisClient, listShards } from './stream/kinesis-source.ts';

const deployment = readDeployment();
const kinesis = createKinesisClient();

/** Runs at each deploy, before any record is read: both paths' schemas, their settings, and the deployed stream's shards. */
export async function handler(_event: unknown, context: Context): Promise<{ schemas: string[] }> {
  const { stream, settings } = deployment;
  const shardIds = (await listShards(kinesis, stream)).map(({ shardId }) => shardId);
  const database = openDatabase({
    url: deployment.databaseUrl,
    applicationName: 'tidemark schema',
    statementTimeoutMs: 60_000,
    remainingMs: () => context.getRemainingTimeInMillis(),
  });
  try {
    const schemas: string[] = [];
    for (const path of PATHS) {
      const schema = deployedSchema(path, deployment);
      await database.within(null, (session) => preparePath(session, schema, path, { stream, shardIds, settings }));
      schemas.push(schema);
    }
    return { schemas };
  } finally {
    await database.close();
  }
}
