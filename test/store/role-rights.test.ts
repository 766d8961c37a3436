import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PATHS } from '#functions/contract.ts';
import { connectByUrl } from '#functions/login/connection.ts';
import { openDatabase } from '#functions/store/database.ts';
import { makeRoles, type Roles } from '#functions/store/roles.ts';
import { captureLog, context, prepareRun, startEnvironment } from '../support/environments.ts';
import { TABLES } from '../support/path-tables.ts';
import { useRoleDatabase } from '../support/role-database.ts';
import { stubKinesis } from '../support/stubbed-kinesis.ts';
import { SHARD } from '../support/tallies.ts';

const db = useRoleDatabase();
const FORBIDDEN = { code: '42501' };

async function prepare(run: string): Promise<unknown> {
  const told = { DATABASE_ROLES: JSON.stringify(db.roles) };
  const results = await startEnvironment('results', db.urlOf('results'), told);
  return results(prepareRun(run), context());
}

beforeEach(() => {
  captureLog();
  stubKinesis({ [SHARD]: [] });
});
afterEach(() => {
  vi.restoreAllMocks();
});
beforeAll(async () => {
  captureLog();
  stubKinesis({ [SHARD]: [] });
  await db.deploy();
  vi.restoreAllMocks();
});

const OTHER = { microBatch: PATHS.scheduledBatch, scheduledBatch: PATHS.microBatch } as const;

/** By role, what it must not do, beside what every role must not. */
function forbiddenTo(role: keyof Roles): string[] {
  const tables = (schema: string) => TABLES.map((table) => `${schema}.${table}`);
  const takenAway = (table: string) => [`delete from ${table}`, `truncate ${table}`, `drop table ${table}`];
  const changed = (table: string) => [...takenAway(table), `insert into ${table} default values`];
  const made = (schema: string) => [`create table ${schema}.mine ()`, `drop schema ${schema} cascade`];
  if (role === 'results')
    return ['micro_batch', 'scheduled_batch'].flatMap((schema) => [
      ...tables(schema).flatMap(changed),
      ...made(schema),
    ]);
  const { schema } = PATHS[role];
  const { schema: other } = OTHER[role];
  return [
    ...tables(schema).flatMap(takenAway),
    ...made(schema),
    ...tables(other).flatMap((table) => [...changed(table), `select * from ${table}`]),
    ...made(other),
    `select ${other}.all_or_nothing(1, 1)`,
    'create schema mine',
    'create schema run_mine_micro_batch',
    `update ${schema}.settings set stream = 'another'`,
    `update ${schema}.ledger set events = 0`,
    `update ${schema}.quarantine set bytes = ''`,
    `insert into ${schema}.settings default values`,
    `insert into ${schema}.quarantine_reason values ('a', 'b', 'c')`,
    `insert into ${schema}.migration values (99)`,
    `create or replace view ${schema}.path_watermark as select 1`,
  ];
}

describe.each(['microBatch', 'scheduledBatch', 'results'] as const)('the role %s', (role) => {
  it('can take nothing away and change nothing that is not its own', async () => {
    for (const sql of forbiddenTo(role)) await expect(db.runAs(role, sql), sql).rejects.toMatchObject(FORBIDDEN);
  });

  it('has none of what PostgreSQL gives to every role, and nobody else to be', async () => {
    const others = [db.name, ...Object.values(db.roles).filter((name) => name !== db.roles[role])];
    const refused = [
      'create table public.mine ()',
      'create temporary table mine ()',
      'create role mine',
      `create database mine`,
      'alter role current_user createrole',
      `comment on database ${db.name} is 'mine'`,
      ...others.map((name) => `set role ${name}`),
    ];
    for (const sql of refused) await expect(db.runAs(role, sql), sql).rejects.toMatchObject(FORBIDDEN);
  });

  it('logs in by IAM, is no superuser, and is put out when it has been idle for a minute', async () => {
    const [described] = await db.runAs(
      'superuser',
      `select rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, pg_has_role(rolname, 'rds_iam', 'usage') as iam
       from pg_roles where rolname = '${db.roles[role]}'`,
    );
    expect(described).toEqual({
      rolsuper: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolcanlogin: true,
      iam: true,
    });
    expect(await db.runAs(role, 'show idle_session_timeout')).toEqual([{ idle_session_timeout: '1min' }]);
  });
});

describe('the owner', () => {
  it('is put out when it has been idle for a minute, like the others', async () => {
    expect(await db.runAs('owner', 'show idle_session_timeout')).toEqual([{ idle_session_timeout: '1min' }]);
  });

  it("does not own a run's schemas: the results function does, which made them", async () => {
    await prepare('theirs');
    await expect(db.runAs('owner', 'drop schema run_theirs_micro_batch cascade')).rejects.toMatchObject(FORBIDDEN);
  });
});

describe('a deploy', () => {
  it('without benchmarks takes the right to make schemas back; with them it gives it again', async () => {
    await db.deploy({ benchmark: false });

    await expect(db.runAs('results', 'create schema mine')).rejects.toMatchObject(FORBIDDEN);
    await expect(prepare('never')).rejects.toMatchObject(FORBIDDEN);

    await db.deploy({ benchmark: true });
    expect(await prepare('again')).toMatchObject({ schemas: { microBatch: 'run_again_micro_batch' } });
  });

  it('takes back what was granted by hand', async () => {
    await db.runAs('owner', `grant delete on micro_batch.ledger to ${db.roles.microBatch}`);
    await db.runAs('owner', `grant create on schema micro_batch to ${db.roles.microBatch}`);
    await db.runAs('owner', `grant insert on micro_batch.ledger to ${db.roles.results}`);

    await db.deploy();

    await expect(db.runAs('microBatch', 'delete from micro_batch.ledger')).rejects.toMatchObject(FORBIDDEN);
    await expect(db.runAs('microBatch', 'create table micro_batch.mine ()')).rejects.toMatchObject(FORBIDDEN);
    await expect(db.runAs('results', 'insert into micro_batch.ledger default values')).rejects.toMatchObject(FORBIDDEN);
  });
});

describe('makeRoles', () => {
  it('makes them once where several deploys run at once', async () => {
    const names = { microBatch: `${db.name}_x`, scheduledBatch: `${db.name}_y`, results: `${db.name}_z` };
    const owners = [1, 2, 3].map(() =>
      openDatabase({
        connection: connectByUrl(db.urlOf('owner')),
        applicationName: 'owner',
        statementTimeoutMs: 20_000,
      }),
    );
    try {
      await Promise.all(
        owners.map((owner) => owner.within(null, (session) => makeRoles(session, names, { benchmark: false }))),
      );

      const made = await db.runAs('superuser', `select from pg_roles where rolname like '${db.name}\\__'`);
      expect(made).toHaveLength(3);
    } finally {
      for (const owner of owners) await owner.close();
      for (const name of Object.values(names)) {
        await db.runAs('superuser', `drop owned by ${name}`);
        await db.runAs('superuser', `drop role ${name}`);
      }
    }
  });
});
