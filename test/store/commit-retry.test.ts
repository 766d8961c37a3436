import { afterEach, describe, expect, it, vi } from 'vitest';
import { startFaultyProxy } from '../support/faulty-proxy.ts';
import { readAllTables, readHosts } from '../support/path-tables.ts';
import { eventAt, NOON_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { SHARD, tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath, type TestPath } from '../support/test-path.ts';

const db = useDatabase();
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const batch = () =>
  tallyOf([streamRecord([eventAt(NOON_MS), '{broken'], { n: 1 }), streamRecord(eventAt(NOON_MS), { n: 2 })]);

/** Makes the first statement of this path sleep at its very end; a rollback does not turn a sequence back. */
async function sleepOnce(path: TestPath): Promise<void> {
  await path.query('create sequence naps');
  await path.query(`create function nap() returns trigger language plpgsql as $$
    begin if nextval('naps') = 1 then perform pg_sleep(20); end if; return new; end $$`);
  await path.query('create trigger nap before insert on ledger for each row execute function nap()');
}

async function untilAsleep(application: string): Promise<number> {
  return vi.waitUntil(
    async () => {
      const asleep = `select pid from pg_stat_activity where application_name = $1 and wait_event = 'PgSleep'`;
      return (await db.asSuperuser<{ pid: number }>(asleep, [application]))[0]?.pid;
    },
    { timeout: 10_000, interval: 20 },
  );
}

describe('a batch whose connection is terminated while its statement runs', () => {
  it('is rolled back and counted once on a new connection', async () => {
    const path = await preparedPath(db.open());
    const victim = path.by(db.open({ applicationName: 'victim' }));
    await sleepOnce(path);
    const before = await readHosts(path);

    const committing = victim.commit(batch());
    const pid = await untilAsleep('victim');
    await db.asSuperuser('select pg_terminate_backend($1)', [pid]);

    expect((await committing).committed).toBe(true);
    expect(before).toEqual([]);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 example.org 2']);
    expect(await path.query('select 1 from ledger')).toHaveLength(1);
    expect(await path.query('select 1 from quarantine')).toHaveLength(1);
  });
});

describe('a batch whose network fails', () => {
  async function pathThroughProxy(statementTimeoutMs = 20_000) {
    const direct = await preparedPath(db.open());
    const proxy = await startFaultyProxy(db.url);
    closers.push(proxy.close);
    return { direct, proxy, path: direct.by(db.open({ url: proxy.url, statementTimeoutMs })) };
  }

  it('is counted once where the connection breaks before the statement arrives', async () => {
    const { direct, proxy, path } = await pathThroughProxy();
    proxy.arm('cut-before');

    const outcome = await path.commit(batch());

    expect(proxy.faults()).toBe(1);
    expect(outcome.committed).toBe(true);
    expect(await readHosts(direct)).toEqual(['2026-01-31 12:00:00 example.org 2']);
  });

  it('is counted once where the answer to its COMMIT is lost: the second try finds its own work done', async () => {
    const { direct, proxy, path } = await pathThroughProxy();
    proxy.arm('cut-after');

    const outcome = await path.commit(batch());

    expect(proxy.faults()).toBe(1);
    expect(outcome).toMatchObject({ committed: false });
    expect(outcome.committed ? null : outcome.current.get(SHARD)?.sequenceNumber).toBe(sequenceNumber(2));
    expect(await readHosts(direct)).toEqual(['2026-01-31 12:00:00 example.org 2']);
    expect(await direct.query('select 1 from ledger')).toHaveLength(1);
  });

  it('is counted once where the network swallows everything, when the client has given up waiting', async () => {
    const { direct, proxy, path } = await pathThroughProxy(200);
    proxy.arm('swallow');

    const outcome = await path.commit(batch());

    expect(proxy.faults()).toBe(1);
    expect(outcome.committed).toBe(true);
    expect(await readHosts(direct)).toEqual(['2026-01-31 12:00:00 example.org 2']);
  });
});

describe('a batch that cannot be written', () => {
  it('is given up at once, with nothing written, where a retry would not help', async () => {
    const path = await preparedPath(db.open());
    await path.query('create sequence tries');
    await path.query(`create function refuse() returns trigger language plpgsql as $$
      begin perform nextval('tries'); raise exception 'disk full' using errcode = '53100'; end $$`);
    await path.query('create trigger refuse before insert on ledger for each row execute function refuse()');
    const before = await readAllTables(path);

    await expect(path.commit(batch())).rejects.toThrow('disk full');

    expect(await readAllTables(path)).toEqual(before);
    expect(await path.query('select last_value::int as tries from tries')).toEqual([{ tries: 1 }]);
  });

  it('is counted once the database takes writes again, after a while of being read-only', async () => {
    const path = await preparedPath(db.open());
    await path.query('create sequence tries');
    await path.query(`create function refuse() returns trigger language plpgsql as $$
      begin
        if nextval('tries') <= 2 then raise exception 'read-only' using errcode = '25006'; end if;
        return new;
      end $$`);
    await path.query('create trigger refuse before insert on ledger for each row execute function refuse()');

    expect((await path.commit(batch())).committed).toBe(true);

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 example.org 2']);
  });

  it('is not tried again where the caller has no time left', async () => {
    const path = await preparedPath(db.open());
    const hurried = path.by(db.open({ remainingMs: () => 900 }));
    await path.query(`create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'read-only' using errcode = '25006'; end $$`);
    await path.query('create trigger refuse before insert on ledger for each row execute function refuse()');

    await expect(hurried.commit(batch())).rejects.toThrow('read-only');
  });
});
