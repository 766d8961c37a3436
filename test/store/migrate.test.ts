import { describe, expect, it } from 'vitest';
import { QUARANTINE_REASONS } from '#functions/core/quarantine.ts';
import { MIGRATIONS } from '#functions/store/migrations.ts';
import { migrate } from '#functions/store/prepare-path.ts';
import { readAllTables } from '../support/path-tables.ts';
import { eventAt, NOON_MS, streamRecord } from '../support/records.ts';
import { tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath } from '../support/test-path.ts';

const db = useDatabase();

describe('migrate', () => {
  it('changes nothing when it runs a second time, counts and all', async () => {
    const path = await preparedPath(db.open());
    await path.commit(tallyOf([streamRecord([eventAt(NOON_MS), '{broken'])]));
    const before = await readAllTables(path);

    await path.database.within(null, (session) => migrate(session, path.schema));

    expect(await readAllTables(path)).toEqual(before);
    expect(before.migration).toHaveLength(MIGRATIONS.length);
  });

  it.each([2, 4])('makes a schema once where %i run at once', async (writers) => {
    const schema = `test_at_once_${writers}`;
    const databases = Array.from({ length: writers }, () => db.open());

    await Promise.all(databases.map((database) => database.within(null, (session) => migrate(session, schema))));

    const path = await preparedPath(db.open(), { schema });
    const versions = await path.query('select version from migration order by 1');
    expect(versions).toEqual(MIGRATIONS.map((_, i) => ({ version: i + 1 })));
  });

  it('leaves nothing behind where it fails half-way', async () => {
    const database = db.open();
    await database.within(null, (session) =>
      session.query({ text: 'create schema half; create table half.ledger (id int)' }),
    );

    await expect(database.within(null, (session) => migrate(session, 'half'))).rejects.toMatchObject({ code: '42P07' });

    const tables = await database.within(null, (session) =>
      session.query({ text: `select table_name from information_schema.tables where table_schema = 'half'` }),
    );
    expect(tables).toEqual([{ table_name: 'ledger' }]);
  });

  it('explains every reason for quarantine', async () => {
    const path = await preparedPath(db.open());

    const rows = await path.query<{ reason: string; expected: string }>(
      'select reason, expected from quarantine_reason',
    );

    const explained = Object.fromEntries(rows.map(({ reason, expected }) => [reason, expected]));
    expect(explained).toEqual(
      Object.fromEntries(Object.entries(QUARANTINE_REASONS).map(([reason, { expected }]) => [reason, expected])),
    );
  });

  it('keeps updates of the two tables on their page: no index beside the key', async () => {
    const path = await preparedPath(db.open());
    const rows = await path.query(
      `select tablename as "table", count(*)::int as indexes from pg_indexes
       where schemaname = $1 and tablename like 'processed%' group by 1 order by 1`,
      [path.schema],
    );
    expect(rows).toEqual([
      { table: 'processed_events_aggregated', indexes: 1 },
      { table: 'processed_events_aggregated_source', indexes: 1 },
    ]);
  });
});
