import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const ATTEMPTS = 20;
const PAUSE_MS = 100; // a connection that was closed is listed until the server has noticed

/** The connections that a database still has once the closed ones had time to go, by application. */
export async function openConnections(serverUrl: string, database: string, except = ''): Promise<string[]> {
  const client = new pg.Client({ connectionString: serverUrl, application_name: 'tidemark test support' });
  await client.connect();
  try {
    for (let tried = 1; ; tried++) {
      const { rows } = await client.query<{ application_name: string }>(
        'select application_name from pg_stat_activity where datname = $1 and application_name <> $2',
        [database, except],
      );
      if (rows.length === 0 || tried === ATTEMPTS) return rows.map((row) => row.application_name);
      await pause(PAUSE_MS);
    }
  } finally {
    await client.end();
  }
}
