import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#functions/store/database.ts';
import { grantReading } from '#functions/store/roles.ts';
import { eventAt, MINUTE_MS, NOON_MS, SECOND_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { blocksOf, readRunbook } from '../support/runbook.ts';
import { SHARD, tallyOf, tallyOfShards } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath } from '../support/test-path.ts';

const db = useDatabase();
const READER = `reader_${randomBytes(6).toString('hex')}`;

const BLOCKS = new Map(
  [...readRunbook()].flatMap(([heading, text]) =>
    blocksOf(text, 'sql').map((sql, i) => [`${heading}, ${i + 1}`, sql] as const),
  ),
);

/** What each statement finds of the two paths below: a shard, two windows, a broken line, an event that micro-batch lacks. */
const EXPECTED: Record<string, object[]> = {
  'micro-batch-behind, 1': [{ shard_id: SHARD, sequence_number: sequenceNumber(3), holds_back: true }],
  'micro-batch-behind, 2': [
    { commits: '2', records: '3', rows_written: '6', cpu_ms: 5, database_ms: expect.any(Number) },
  ],
  'micro-batch-behind, 3': [{ watermark: expect.any(Date), lag: expect.anything() }],
  'batches-dropped, 1': [{ shard_id: SHARD, sequence_number: sequenceNumber(1), id: '1', request_id: 'a-request' }],
  'scheduled-batch-missed, 1': [{ id: '1', records: '4', events: '4', cpu_ms: 5 }],
  'scheduled-batch-missed, 2': [
    { hosts: '1', num_hits: '1', final: false },
    { hosts: '3', num_hits: '3', final: true },
  ],
  'paths-drifting, 1': [{ micro_batch: '2', scheduled_batch: '3', difference: '-1' }],
  'paths-drifting, 2': [
    {
      shard_id: SHARD,
      micro_batch: sequenceNumber(3),
      scheduled_batch: sequenceNumber(4),
      micro_batch_ahead: expect.anything(),
    },
  ],
  'paths-drifting, 3': [
    { path: 'micro_batch', events: '3', hits_by_host: '3', hits_by_source: '3', agree: true },
    { path: 'scheduled_batch', events: '4', hits_by_host: '4', hits_by_source: '4', agree: true },
  ],
  'quarantine-growing, 1': [{ reason: 'invalid_json', expected: expect.any(String), lines: '1', bytes: '7' }],
  'quarantine-growing, 2': [{ shard_ids: [SHARD], lines: '1' }],
  'quarantine-growing, 3': [{ sequence_number: sequenceNumber(2), position: 1, line: '{broken' }],
  'stream-too-full, 1': [{ shard_id: SHARD, records: '3', bytes: expect.any(String) }],
  'errors, 1': [{ application_name: 'tidemark test' }],
  'throttled, 1': [{ records: '4', rows_written: '8', cpu_ms: 5 }],
  'The database is full, paused, or failing over, 1': Array.from({ length: 16 }, () => ({ size: expect.any(String) })),
  'The database is full, paused, or failing over, 2': [],
  'The database is full, paused, or failing over, 3': [{ application_name: 'tidemark test' }],
  'Restoring the database from a backup, 1': [{ last_id: '2' }],
  'Resharding, 1': [{ shard_id: SHARD, unread: false, holds_back: true }],
};

let asOwner: Database;
let asReader: Database;

beforeAll(async () => {
  asOwner = db.open();
  const micro = await preparedPath(asOwner, { schema: 'micro_batch', path: 'microBatch' });
  const batch = await preparedPath(asOwner, { schema: 'scheduled_batch', path: 'scheduledBatch' });
  const secondMs = NOON_MS + 5 * MINUTE_MS + 15 * SECOND_MS; // the least that makes the first window final
  const lines = [[eventAt(NOON_MS, 'a'), eventAt(NOON_MS, 'b')], '{broken', eventAt(secondMs, 'a')];
  const records = lines.map((line, i) => streamRecord(line, { n: i + 1, arrivalMs: secondMs }));
  const lacking = streamRecord(eventAt(NOON_MS, 'c'), { n: 4, arrivalMs: secondMs });
  const first = tallyOf(records.slice(0, 1));
  await micro.commit(first);
  await micro.commit(tallyOf(records.slice(1), { from: first.shard.reached }));
  await micro.query('update ledger set committed = (select max(committed) from ledger)'); // whatever the minute's end
  await batch.commit(tallyOfShards({ [SHARD]: [...records, lacking] }));

  const password = randomBytes(12).toString('hex');
  await asOwner.within(null, async (session) => {
    await session.query({ text: `create role ${READER} login password '${password}'` });
    // As the results function's role has it on AWS.
    await grantReading(session, 'micro_batch', READER);
    await grantReading(session, 'scheduled_batch', READER);
  });
  const url = new URL(db.url);
  url.username = READER;
  url.password = password;
  asReader = db.open({ url: url.href });
  await asReader.within(null, (session) => session.query({ text: 'select 1' })); // a session for the owner to see
});

afterAll(async () => {
  await db.asSuperuser(`drop owned by ${READER}`);
  await db.asSuperuser(`drop role ${READER}`);
});

/** Runs a block as the role that the runbook says, and takes back what it did. @returns the rows of its last statement */
async function run(block: string): Promise<object[]> {
  const database = block.startsWith('-- as tidemark_owner') ? asOwner : asReader;
  const statements = block.split(/;\s*$/m).filter((statement) => statement.trim() !== '');
  return database.within(null, async (session) => {
    let rows: object[] = [];
    await session.query({ text: 'begin' });
    for (const text of statements) rows = await session.query({ text });
    await session.query({ text: 'rollback' });
    return rows;
  });
}

describe('the SQL of the runbook', () => {
  it('is all known here, so that none of it rots', () => {
    expect([...BLOCKS.keys()]).toEqual(Object.keys(EXPECTED));
  });

  it.each([...BLOCKS])(
    '%s finds what it says, by a role that can only read unless it says otherwise',
    async (name, sql) => {
      const rows = await run(sql);

      expect(rows).toMatchObject(EXPECTED[name] as object[]);
    },
  );

  it('changes nothing but where it says that the owner does it', () => {
    const changing = /\b(insert|update|delete|drop|alter|create|truncate)\b/i;
    const changes = [...BLOCKS].filter(([, sql]) => changing.test(sql) && !sql.startsWith('-- as tidemark_owner'));
    expect(changes).toEqual([]);
  });
});
