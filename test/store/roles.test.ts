import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { captureLog, context, prepareRun, startEnvironment } from '../support/environments.ts';
import { eventAt, kinesisEvent, NOON_MS, streamRecord } from '../support/records.ts';
import { useRoleDatabase } from '../support/role-database.ts';
import { stubKinesis } from '../support/stubbed-kinesis.ts';
import { SHARD } from '../support/tallies.ts';

const db = useRoleDatabase();
const RECORDS = [1, 2, 3].map((n) => streamRecord([eventAt(NOON_MS, 'a'), '{broken'], { n }));
const CUT_OFF_MS = NOON_MS + 1;

const startResults = () =>
  startEnvironment('results', db.urlOf('results'), { DATABASE_ROLES: JSON.stringify(db.roles) });

beforeAll(async () => {
  captureLog();
  stubKinesis({ [SHARD]: [] });
  await db.deploy();
  await db.deploy(); // a deploy finds what the one before it has made
  vi.restoreAllMocks();
});
beforeEach(() => {
  captureLog();
  stubKinesis({ [SHARD]: RECORDS });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('the role of the micro-batch path', () => {
  it('counts the deployed stream, batch after batch', async () => {
    const handler = await startEnvironment('micro-batch', db.urlOf('microBatch'));

    await handler(kinesisEvent('events', SHARD, RECORDS.slice(0, 2)), context());
    await handler(kinesisEvent('events', SHARD, RECORDS), context());

    expect(
      await db.runAs('owner', 'select host, num_hits::int as hits from micro_batch.processed_events_aggregated'),
    ).toEqual([{ host: 'a', hits: 3 }]);
    expect(await db.runAs('owner', 'select position from micro_batch.quarantine')).toHaveLength(3);
  });

  it('redrives what is left of a batch', async () => {
    const handler = await startEnvironment('micro-batch', db.urlOf('microBatch'));
    const { Records } = kinesisEvent('events', SHARD, RECORDS);
    await handler({ Records }, context());

    const answer = await handler({ redrive: { Records } }, context());

    expect(answer).toMatchObject({ records: 3, counted: 0, alreadyCounted: 3 });
  });

  it('counts a benchmark run into the schema that the results function made', async () => {
    const results = await startResults();
    await results(prepareRun('micro'), context());
    const handler = await startEnvironment('micro-batch', db.urlOf('microBatch'));

    await handler(kinesisEvent('test-run-micro', SHARD, RECORDS), context());

    expect(await results({ action: 'verify', run: 'micro' }, context())).toMatchObject({
      microBatch: { events: 3, quarantined: 3, hits: { byHost: 3, bySource: 3 } },
    });
  });
});

describe('the role of the scheduled-batch path', () => {
  it.each(['events', 'test-run-batch'])('reads and counts stream %s up to a cut-off', async (stream) => {
    const results = await startResults();
    await results(prepareRun('batch'), context());
    const handler = await startEnvironment('scheduled-batch', db.urlOf('scheduledBatch'));

    const answer = await handler({ stream, cutOffMs: CUT_OFF_MS }, context());

    expect(answer).toEqual({
      outcome: 'committed',
      continues: false,
      stream,
      cutOffMs: CUT_OFF_MS,
      records: 3,
      events: 3,
    });
  });
});

describe('the role of the results function', () => {
  it('reads back all that the paths of a run have written, and drops its schemas', async () => {
    const results = await startResults();
    await results(prepareRun('whole'), context());
    await results({ action: 'register', run: 'whole', stream: 'test-run-whole', shardIds: ['child'] }, context());
    const handler = await startEnvironment('micro-batch', db.urlOf('microBatch'));
    await handler(kinesisEvent('test-run-whole', SHARD, RECORDS), context());
    const ofRun = { run: 'whole', path: 'microBatch' } as const;

    expect(await results({ action: 'progress', run: 'whole' }, context())).toMatchObject({
      microBatch: { events: 3 },
    });
    expect(await results({ action: 'counts', ...ofRun, aggregation: 'byHost', after: null }, context())).toMatchObject({
      rows: [{ host: 'a' }],
    });
    expect(
      await results({ action: 'counts', ...ofRun, aggregation: 'bySource', after: null }, context()),
    ).toMatchObject({
      rows: [{ host: 'a' }],
    });
    expect(await results({ action: 'quarantine', ...ofRun, limit: 9 }, context())).toMatchObject({
      lines: [{}, {}, {}],
    });
    expect(await results({ action: 'ledger', ...ofRun, afterId: '0' }, context())).toMatchObject({
      rows: [{ events: 3 }],
    });
    expect(await results({ action: 'runs' }, context())).toMatchObject({ runs: expect.arrayContaining(['whole']) });
    expect(await results({ action: 'drop', run: 'whole' }, context())).toEqual({
      dropped: ['run_whole_micro_batch', 'run_whole_scheduled_batch'],
    });
  });

  it.each(['micro_batch', 'scheduled_batch'])(
    'reads every table and view of the deployed schema %s',
    async (schema) => {
      const relations = await db.runAs<{ name: string }>(
        'owner',
        `select table_name as name from information_schema.tables where table_schema = '${schema}'`,
      );
      expect(relations.length).toBeGreaterThan(10);
      for (const { name } of relations) await db.runAs('results', `select * from ${schema}.${name} limit 1`);
    },
  );
});
