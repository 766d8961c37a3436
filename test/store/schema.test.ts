import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { captureLog, context, startEnvironment } from '../support/environments.ts';
import { stubKinesis } from '../support/stubbed-kinesis.ts';
import { SHARD } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';

const db = useDatabase();
const database = db.open();
const start = (told: Record<string, string> = {}) => startEnvironment('schema', db.url, told);
const ask = <Row extends object>(text: string) => database.within(null, (session) => session.query<Row>({ text }));

async function schemas(): Promise<string[]> {
  const rows = await ask<{ name: string }>(
    `select schema_name as name from information_schema.schemata where schema_name ~ '_batch$' order by 1`,
  );
  return rows.map(({ name }) => name);
}

beforeEach(() => {
  captureLog();
  stubKinesis({ [SHARD]: [], other: [] });
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const schema of await schemas()) await ask(`drop schema "${schema}" cascade`);
});

describe('the schema function', () => {
  it.each([{}, null, 'Create', { RequestType: 'Create' }, { remove: false }, { remove: 'true' }])(
    'brings both paths up to date and registers the shards, whatever a deploy sends: %j',
    async (event) => {
      const schema = await start();

      expect(await schema(event, context())).toEqual({ schemas: ['micro_batch', 'scheduled_batch'] });
      expect(await schema(event, context())).toEqual({ schemas: ['micro_batch', 'scheduled_batch'] });

      expect(await schemas()).toEqual(['micro_batch', 'scheduled_batch']);
      expect(await ask('select shard_id from scheduled_batch.shard_checkpoint order by 1')).toEqual([
        { shard_id: 'other' },
        { shard_id: SHARD },
      ]);
    },
  );

  it('makes the schema of a path that is deployed only', async () => {
    const schema = await start({ PATHS: 'scheduled-batch' });
    expect(await schema({}, context())).toEqual({ schemas: ['scheduled_batch'] });
    expect(await schemas()).toEqual(['scheduled_batch']);
  });

  it("makes a run's schemas where the deployed stream is counted into them", async () => {
    const schema = await start({ DEPLOYED_RUN: 'abcd' });
    await schema({}, context());
    expect(await schemas()).toEqual(['run_abcd_micro_batch', 'run_abcd_scheduled_batch']);
  });

  it('has nothing to do with roles where the stack names none', async () => {
    await (await start())({}, context());
    const granted = `select from information_schema.role_table_grants where table_schema = 'micro_batch' and grantee <> grantor`;
    expect(await ask(granted)).toEqual([]);
  });

  it('leaves no connection behind where it fails', async () => {
    await ask('create schema micro_batch; create table micro_batch.ledger (id int)');
    const schema = await start();

    await expect(schema({}, context())).rejects.toMatchObject({ code: '42P07' });

    expect(await db.connections()).not.toContain('tidemark schema');
  });
});

describe('the schema function, asked to remove', () => {
  const REMOVABLE = { REMOVABLE: 'true' };

  it('drops the schemas, also that of a path that is deployed no longer, and finds none the second time', async () => {
    await (await start())({}, context());
    const schema = await start({ ...REMOVABLE, PATHS: 'micro-batch' });

    expect(await schema({ remove: true }, context())).toEqual({ removed: ['micro_batch', 'scheduled_batch'] });
    expect(await schemas()).toEqual([]);
    expect(await schema({ remove: true }, context())).toEqual({ removed: [] });
  });

  it('refuses where the stack keeps its tables, and says how it would not', async () => {
    await (await start())({}, context());
    const schema = await start();

    await expect(schema({ remove: true }, context())).rejects.toThrow(
      "Stack 'Test' keeps its tables: deploy it with -c protect=false to have them removed",
    );
    expect(await schemas()).toEqual(['micro_batch', 'scheduled_batch']);
  });

  it("leaves what is another stack's, or nobody's that it knows", async () => {
    await (await start({ STREAM_NAME: 'another' }))({}, context());
    await ask(
      'drop schema scheduled_batch cascade; create schema scheduled_batch; create table scheduled_batch.mine ()',
    );
    const schema = await start(REMOVABLE);

    expect(await schema({ remove: true }, context())).toEqual({ removed: [] });
    expect(await schemas()).toEqual(['micro_batch', 'scheduled_batch']);
  });

  it('drops what a deploy that failed half-way has left', async () => {
    await (await start())({}, context());
    await ask('delete from micro_batch.settings');
    const schema = await start(REMOVABLE);
    expect(await schema({ remove: true }, context())).toMatchObject({ removed: ['micro_batch', 'scheduled_batch'] });
  });
});
