import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Roles } from '#functions/store/roles.ts';
import { context, MICRO_BATCH_CONNECTION, startEnvironment } from './environments.ts';
import { openConnections } from './test-database.ts';

/** A database as Aurora's is: owned by a role that may create roles and is no superuser, with `rds_iam` to hand out. */
export type RoleDatabase = {
  name: string;
  /** The names for the functions' roles; unique, since roles belong to the whole server. They are not made yet. */
  roles: Roles;
  urlOf(who: 'owner' | keyof Roles): string;
  /** Runs the schema function as the owner, as each deploy does, then gives the roles a password instead of IAM's tokens. */
  deploy(options?: { benchmark?: boolean }): Promise<void>;
  /** One statement on a connection of its own. */
  runAs<Row extends pg.QueryResultRow>(who: 'owner' | 'superuser' | keyof Roles, sql: string): Promise<Row[]>;
};

export function useRoleDatabase(): RoleDatabase {
  const name = `tidemark_test_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const serverUrl = inject('postgresUrl');
  const roles = {
    microBatch: `${name}_micro_batch`,
    scheduledBatch: `${name}_scheduled_batch`,
    results: `${name}_results`,
  };
  const superuserUrl = urlWith(serverUrl, { pathname: `/${name}` });
  const urlOf: RoleDatabase['urlOf'] = (who) =>
    urlWith(superuserUrl, { username: who === 'owner' ? name : roles[who], password });

  beforeAll(async () => {
    await run(serverUrl, `create role ${name} login createrole nosuperuser password '${password}'`);
    await run(serverUrl, giveIamRole(name));
    await run(serverUrl, `alter role ${name} set timezone = 'America/New_York'`);
    await run(serverUrl, `create database ${name} owner ${name}`);
  });

  afterAll(async () => {
    const left = await openConnections(serverUrl, name, MICRO_BATCH_CONNECTION);
    await run(serverUrl, `drop database ${name} with (force)`);
    for (const role of [...Object.values(roles), name]) await run(serverUrl, `drop role if exists ${role}`);
    await run(serverUrl, DROP_IAM_ROLE);
    if (left.length > 0) throw new Error(`Connections left open at the end of the file: ${left.join(', ')}`);
  });

  return {
    name,
    roles,
    urlOf,
    async deploy({ benchmark = true } = {}) {
      const told = { DATABASE_ROLES: JSON.stringify(roles), BENCHMARK: String(benchmark) };
      const schema = await startEnvironment('schema', urlOf('owner'), told);
      await schema({}, context());
      for (const role of Object.values(roles)) await run(superuserUrl, `alter role ${role} password '${password}'`);
    },
    runAs: (who, sql) => run(who === 'superuser' ? superuserUrl : urlOf(who), sql),
  };
}

/** Makes `rds_iam` where the server isn't RDS; one file at a time, since all share it. */
const giveIamRole = (name: string): string => `
  do $$ begin
    perform pg_advisory_xact_lock(hashtextextended('tidemark test rds_iam', 0));
    if not exists (select from pg_roles where rolname = 'rds_iam') then
      create role rds_iam;
      comment on role rds_iam is 'made by a test';
    end if;
    grant rds_iam to ${name} with admin option;
  end $$`;

/** Once nobody has it any more, unless it was there before the tests. */
const DROP_IAM_ROLE = `
  do $$ begin
    perform pg_advisory_xact_lock(hashtextextended('tidemark test rds_iam', 0));
    if exists (
      select from pg_roles
      where rolname = 'rds_iam' and shobj_description(oid, 'pg_authid') = 'made by a test'
        and not exists (select from pg_auth_members where roleid = pg_roles.oid)
    ) then
      drop role rds_iam;
    end if;
  end $$`;

async function run<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'tidemark test support' });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

function urlWith(url: string, changes: { pathname?: string; username?: string; password?: string }): string {
  return Object.assign(new URL(url), changes).href;
}
