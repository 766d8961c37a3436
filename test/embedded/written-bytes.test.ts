import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateLoad, type LoadShape } from '#bench/load/generator.ts';
import type { Checkpoint } from '#functions/core/shard.ts';
import { connectByUrl } from '#functions/login/connection.ts';
import { type Database, openDatabase } from '#functions/store/database.ts';
import { type EmbeddedPostgres, startPostgres } from '#localstack/embedded/postgres/postgres.ts';
import { STANDARD } from '#model/parameters.ts';
import { GENERATED_KEYS } from '#model/workload/workload.ts';
import { LOAD_SHAPE } from '../support/load-shape.ts';
import { NOON_MS, SECOND_MS, streamRecord } from '../support/records.ts';
import { SETTINGS } from '../support/settings.ts';
import { tallyOf } from '../support/tallies.ts';
import { preparedPath, type TestPath } from '../support/test-path.ts';

const RATE = 1_000;
/** Records in one PutRecords call, so with one arrival time. */
const RECORDS_PER_CALL = 20;
const KEYS = { hosts: GENERATED_KEYS.hosts, referrers: GENERATED_KEYS.referrers };

// The server is only for this file, so that no other test writes to it. Bytes are the same on every machine.
let postgres: EmbeddedPostgres;
let superuser: pg.Client;
let database: Database;

beforeAll(async () => {
  postgres = await startPostgres();
  superuser = new pg.Client({ connectionString: postgres.url });
  await superuser.connect();
  // Aurora has no torn pages, so it writes no full pages either.
  await superuser.query('alter system set full_page_writes = off');
  await superuser.query('alter system set autovacuum = off');
  await superuser.query('select pg_reload_conf()');
  const connection = connectByUrl(postgres.url);
  database = openDatabase({ connection, applicationName: 'written bytes', statementTimeoutMs: 20_000 });
});

afterAll(async () => {
  await database.close();
  await superuser.end();
  await postgres.close();
});

/** Compares the model's bytes of a row, a statement and a ledger row with PostgreSQL's. */
describe('the model’s bytes', () => {
  it('of the write-ahead log are those of a statement, a row inserted, and a row updated', async () => {
    const writer = writeTo(await preparedPath(database));
    const statement = await writer.write(1, { hosts: 1, referrers: 1 }); // and it inserts three rows
    const inserted = await writer.write(20);
    for (let i = 0; i < 10; i++) await writer.write(1); // the space of earlier versions is reused
    const updated = await writer.write(1);

    const bytesPerRow = ({ walBytes, rows }: Written): number =>
      (walBytes - statement.walBytes) / (rows - statement.rows);
    expect([inserted.rows > 5_000, updated.rows > 500]).toEqual([true, true]);
    expectNear(statement.walBytes, STANDARD.walBytesPerStatement);
    expectNear(bytesPerRow(inserted), STANDARD.walBytesPerFreshRow);
    expectNear(bytesPerRow(updated), STANDARD.walBytesPerUpdatedRow);
  });

  it('of storage are those of a row with its index, and of a ledger row', async () => {
    const path = await preparedPath(database);
    const writer = writeTo(path);
    const { rows } = await writer.write(20);
    const counted = await sizeOf(path, 'processed_events_aggregated', 'processed_events_aggregated_source');
    const ledgerBefore = await sizeOf(path, 'ledger');
    const commits = 200;
    for (let commit = 0; commit < commits; commit++) await writer.write(1);

    expectNear(counted / rows, STANDARD.bytesPerRow);
    expectNear(((await sizeOf(path, 'ledger')) - ledgerBefore) / commits, STANDARD.bytesPerLedgerRow);
  }, 90_000); // 220 commits, which take half a minute on a busy machine
});

/** Tolerance of the model: the number of distinct arrivals in a ledger row depends on the producer. */
function expectNear(bytes: number, modelled: number): void {
  expect(bytes / modelled).toBeGreaterThan(0.7);
  expect(bytes / modelled).toBeLessThan(1.5);
}

type Written = { rows: number; walBytes: number };

/** Commits this many seconds of the same load, one after the other. */
function writeTo(path: TestPath): {
  write: (seconds: number, keys?: Pick<LoadShape, 'hosts' | 'referrers'>) => Promise<Written>;
} {
  let from: Checkpoint | undefined;
  let n = 1;
  return {
    async write(seconds, keys = KEYS) {
      const times = { startMs: NOON_MS, durationMs: seconds * SECOND_MS, windowMs: SETTINGS.windowMs, boundMs: 15_000 };
      const lines = Array.from(
        generateLoad({ ...LOAD_SHAPE, ...keys, outOfOrder: 0, rate: RATE }, times),
        ({ text }) => text,
      );
      const records = lines.map((line, at) => {
        const arrivalMs = NOON_MS + Math.floor(at / RECORDS_PER_CALL) * RECORDS_PER_CALL; // one a millisecond
        return streamRecord(line, { n: n + at, arrivalMs });
      });
      n += records.length;
      const batch = tallyOf(records, from === undefined ? {} : { from });
      const before = await writtenSoFar();
      const outcome = await path.commit(batch);
      if (!outcome.committed) throw new Error('The batch was refused');
      from = batch.shard.reached;
      return { rows: outcome.rowsWritten, walBytes: (await writtenSoFar()) - before };
    },
  };
}

async function writtenSoFar(): Promise<number> {
  const text = `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as bytes`;
  const { rows } = await superuser.query<{ bytes: number }>(text);
  return rows[0]?.bytes ?? Number.NaN;
}

async function sizeOf({ schema }: TestPath, ...tables: string[]): Promise<number> {
  const text = `select sum(pg_total_relation_size(format('%I.%I', $1::text, name)))::float8 as bytes from unnest($2::text[]) as name`;
  const { rows } = await superuser.query<{ bytes: number }>(text, [schema, tables]);
  return rows[0]?.bytes ?? Number.NaN;
}
