import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { connectByUrl } from '#functions/login/connection.ts';
import { type Database, type DatabaseOptions, openDatabase } from '#functions/store/database.ts';

const OWN_CONNECTION = 'tidemark test';

/** A database of a test file's own. */
export type TestDatabase = {
  /** For the role under test: the superuser, or a CREATEROLE role whose sessions stand in New York. */
  url: string;
  /** A store on a connection of its own, closed at the end of the file. */
  open(overrides?: Partial<DatabaseOptions> & { url?: string }): Database;
  /** Who is still connected once the closed connections had time to go, by application; stores of this file's are left out. */
  connections(): Promise<string[]>;
  /** What only a superuser may do, on another connection. */
  asSuperuser<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
};

/**
 * Makes a database for the file that calls this and drops it at the end. Fails the file where a connection was left open,
 * apart from those of `keptOpenBy`: a warm micro-batch environment keeps its connection by design.
 */
export function useDatabase({ keptOpenBy = '' } = {}): TestDatabase {
  const name = `tidemark_test_${randomBytes(6).toString('hex')}`;
  const serverUrl = inject('postgresUrl');
  const opened: Database[] = [];
  const isSuperuser = process.env.TIDEMARK_TEST_ROLE !== 'createrole';
  const superuserUrl = withDatabase(serverUrl, name);
  const password = randomBytes(12).toString('hex');
  const url = isSuperuser ? superuserUrl : withUser(superuserUrl, name, password);

  beforeAll(async () => {
    await run(serverUrl, `create database ${name}`);
    if (isSuperuser) return;
    await run(serverUrl, `create role ${name} login createrole nosuperuser password '${password}'`);
    await run(serverUrl, `grant create, connect on database ${name} to ${name}`);
    await run(serverUrl, `alter role ${name} set timezone = 'America/New_York'`);
  });

  afterAll(async () => {
    for (const database of opened) await database.close();
    const left = await openConnections(serverUrl, name, keptOpenBy);
    await run(serverUrl, `drop database ${name} with (force)`);
    if (!isSuperuser) await run(serverUrl, `drop role ${name}`);
    if (left.length > 0) throw new Error(`Connections left open at the end of the file: ${left.join(', ')}`);
  });

  return {
    url,
    open({ url: other = url, ...overrides } = {}) {
      const connection = connectByUrl(other);
      const options = { connection, applicationName: OWN_CONNECTION, statementTimeoutMs: 20_000, ...overrides };
      const database = openDatabase(options);
      opened.push(database);
      return database;
    },
    connections: () => openConnections(serverUrl, name, OWN_CONNECTION),
    asSuperuser: (sql, values) => run(superuserUrl, sql, values),
  };
}

async function run<Row extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'tidemark test support' });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function withUser(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  return changed.href;
}

const ATTEMPTS = 20;
const PAUSE_MS = 100; // the server lists a closed connection until it notices

/** Application names of the connections that are still open after closed connections had time to go. */
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
