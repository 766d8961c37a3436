import pg from 'pg';

/** A query. If it has a name, it is prepared once per connection. */
export type Statement = { name?: string; text: string };

/** One connection, opened on first use and reopened after it broke. Its search path holds one schema. */
export type Database = {
  /** Runs `work` with this schema. After a retryable error it runs `work` again from the start, on a new connection. */
  within<T>(schema: string | null, work: (session: Session) => Promise<T>): Promise<T>;
  /** Total time spent waiting for answers, connections and retries, ms. */
  waitedMs(): number;
  close(): Promise<void>;
};

export type Session = {
  query<Row extends object>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
  transaction<T>(work: () => Promise<T>): Promise<T>;
};

/** Connection parameters, named as in the driver. */
export type Connection = Pick<
  pg.ClientConfig,
  'connectionString' | 'host' | 'port' | 'database' | 'user' | 'password' | 'ssl'
>;

export type DatabaseOptions = {
  /** Called before each connection, because passwords change and tokens expire. */
  connection: () => Promise<Connection>;
  applicationName: string;
  /** Maximum time of one statement, ms. Two seconds later the client drops the connection. */
  statementTimeoutMs: number;
  /** Returns the caller's remaining time, ms. No retry starts with less than a second left. */
  remainingMs?: () => number;
};

/** Time limit for connecting, retries included. A paused Aurora database takes 15 to 30 s to resume. */
export const CONNECT_TIMEOUT_MS = 45_000;
const LOCK_TIMEOUT_MS = 10_000;
const ATTEMPTS = 8;
const GOODBYE_MS = 1_000;

export function openDatabase(options: DatabaseOptions): Database {
  let client: pg.Client | null = null;
  let currentSchema: string | null = null;
  let waitedMs = 0;
  const endings = new Set<Promise<void>>();

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({
      ...(await options.connection()),
      application_name: options.applicationName,
      connectionTimeoutMillis: Math.max(1000, Math.min(CONNECT_TIMEOUT_MS, remainingMs() - 1000)),
      statement_timeout: options.statementTimeoutMs,
      query_timeout: options.statementTimeoutMs + 2000,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: options.statementTimeoutMs,
      keepAlive: true,
    });
    // A connection that breaks while idle is replaced at the next query. Without a listener, its error would end the
    // process.
    fresh.on('error', () => discard(fresh));
    currentSchema = null;
    try {
      await fresh.connect();
    } catch (error) {
      discard(fresh); // the server may keep a refused connection open
      throw error;
    }
    return fresh;
  }

  function discard(broken: pg.Client | null): void {
    if (client === broken) client = null;
    if (broken === null) return;
    const ending = end(broken).finally(() => endings.delete(ending));
    endings.add(ending);
  }

  function remainingMs(): number {
    return options.remainingMs?.() ?? Number.POSITIVE_INFINITY;
  }

  async function waitFor<T>(answer: Promise<T>): Promise<T> {
    const from = performance.now();
    try {
      return await answer;
    } finally {
      waitedMs += performance.now() - from;
    }
  }

  async function run<T>(on: pg.Client, schema: string | null, work: (session: Session) => Promise<T>): Promise<T> {
    const session = sessionOn(on, waitFor);
    if (schema !== null && schema !== currentSchema) await session.query(SET_SEARCH_PATH, [schema]);
    currentSchema = schema; // work without a schema may have changed the search path
    return work(session);
  }

  return {
    async within(schema, work) {
      let connectingFromMs = performance.now();
      let failures = 0;
      for (let tried = 1; ; tried++) {
        let connected = false;
        try {
          client ??= await waitFor(connect());
          connected = true;
          return await run(client, schema, work);
        } catch (error) {
          discard(client);
          if (connected) connectingFromMs = performance.now(); // the work's own time does not count as connecting
          const exhausted = connected
            ? ++failures >= ATTEMPTS
            : performance.now() - connectingFromMs > CONNECT_TIMEOUT_MS;
          const pauseMs = Math.min(2000, 25 * 2 ** tried) * (0.5 + Math.random());
          if (exhausted || !isRetryable(error) || remainingMs() < pauseMs + 1000) throw error;
          await waitFor(new Promise((resolve) => setTimeout(resolve, pauseMs)));
        }
      }
    },
    waitedMs: () => waitedMs,
    async close() {
      discard(client);
      await Promise.all(endings);
    },
  };
}

/** Closes a connection; if the server doesn't answer within GOODBYE_MS, it destroys the socket instead of waiting. */
async function end(client: pg.Client): Promise<void> {
  const impatience = setTimeout(() => client.connection.stream.destroy(), GOODBYE_MS);
  await client.end().catch(() => undefined); // it may be broken already
  clearTimeout(impatience);
}

/** Sets the connection's search path to one schema, so that statements need no schema name in their text. */
export const SET_SEARCH_PATH: Statement = { text: `select set_config('search_path', $1, false)` };

function sessionOn(client: pg.Client, waitFor: <T>(answer: Promise<T>) => Promise<T>): Session {
  const session: Session = {
    async query<Row extends object>(statement: Statement, values: readonly unknown[] = []) {
      return (await waitFor(client.query<Row>({ ...statement, values: [...values] }))).rows;
    },
    async transaction(work) {
      await session.query({ text: 'begin' });
      const result = await work(); // if it fails, the connection is discarded and the transaction with it
      await session.query({ text: 'commit' });
      return result;
    },
  };
  return session;
}

const RETRYABLE_CODES = new Set([
  '40P01', // deadlock
  '40001', // serialization failure
  '55P03', // lock not available
  '57P01', // terminated by an administrator
  '57P02', // crash of another backend
  '57P03', // starting up
  '57P05', // idle session timeout, while the environment was frozen
  '53300', // too many connections for now
  '25006', // read-only: a failover left us on the old writer
  // An IAM token that could not be checked, or a resuming Aurora that has not loaded its roles yet. A role that lacks
  // the right to log in gets the same code, so it is retried until the time limit for connecting.
  '28000',
  'ECONNRESET',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ENOTFOUND', // while a failover moves the name
  'EAI_AGAIN',
  'EPIPE',
]);

/** The driver's messages, without a code, for a lost or abandoned connection. */
const LOST_CONNECTION =
  /^(Connection terminated|Client was closed|Client has encountered a connection error|Query read timeout|timeout expired)/;

/**
 * Whether the whole transaction may succeed on a new connection. A retry is safe even if the first commit succeeded and
 * only its answer was lost, because the fence refuses the second commit.
 */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { code?: unknown };
  if (typeof code === 'string') return RETRYABLE_CODES.has(code) || code.startsWith('08');
  return LOST_CONNECTION.test(error.message);
}
