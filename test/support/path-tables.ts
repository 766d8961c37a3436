import type { TestPath } from './test-path.ts';

/** Every table of a path's schema. */
export const TABLES = [
  'processed_events_aggregated',
  'processed_events_aggregated_source',
  'shard_checkpoint',
  'quarantine',
  'ledger',
  'settings',
  'quarantine_reason',
  'migration',
];

/** Every row of every table, as text: equal before and after where nothing at all was written. */
export async function readAllTables(path: TestPath): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const table of TABLES) {
    const rows = await path.query<{ row: string }>(`select t::text as row from ${table} t order by 1`);
    tables[table] = rows.map(({ row }) => row);
  }
  return tables;
}

/** The first table as `start host hits`, in key order. */
export async function readHosts(path: TestPath): Promise<string[]> {
  const rows = await path.query<{ row: string }>(
    `select concat_ws(' ', event_hour, host, num_hits) as row from processed_events_aggregated order by event_hour, host`,
  );
  return rows.map(({ row }) => row);
}

/** The second table as `start host referrer hits`, in key order, a null referrer as `<null>` and an empty one as `''`. */
export async function readSources(path: TestPath): Promise<string[]> {
  const rows = await path.query<{ row: string }>(
    `select concat_ws(' ', event_hour, host, case referrer when '' then '''''' else coalesce(referrer, '<null>') end, num_hits) as row
     from processed_events_aggregated_source
     order by event_hour, host, referrer nulls last`,
  );
  return rows.map(({ row }) => row);
}
