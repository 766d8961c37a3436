import pg from 'pg';

/** Asks the database behind a stack as its superuser. */
export async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The schemas and roles that are not the server's own. */
export async function databaseContents(url: string): Promise<{ schemas: string[]; roles: string[] }> {
  const schemas = await ask<{ name: string }>(
    url,
    `select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1`,
  );
  const roles = await ask<{ name: string }>(
    url,
    `select rolname as name from pg_roles where rolname !~ '^pg_' order by 1`,
  );
  return { schemas: schemas.map(({ name }) => name), roles: roles.map(({ name }) => name) };
}

/** Events that each path has counted from the deployed stream. */
export async function deployedCounts(url: string): Promise<Record<'microBatch' | 'scheduledBatch', number>> {
  const count = async (schema: string): Promise<number> => {
    const sql = `select coalesce(sum(num_hits), 0)::int as events from ${schema}.processed_events_aggregated`;
    return (await ask<{ events: number }>(url, sql))[0]?.events ?? 0;
  };
  return { microBatch: await count('micro_batch'), scheduledBatch: await count('scheduled_batch') };
}
