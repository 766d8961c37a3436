import { describe, expect, it } from 'vitest';
import { readLedger } from '#functions/store/read-ledger.ts';
import { readQuarantine } from '#functions/store/read-quarantine.ts';
import { eventAt, MINUTE_MS, NOON_MS, SECOND_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { SETTINGS } from '../support/settings.ts';
import { SHARD, tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath, type TestPath } from '../support/test-path.ts';

const db = useDatabase();

async function ledgerOf(path: TestPath) {
  return (await path.database.within(path.schema, (session) => readLedger(session, '0'))).rows;
}

describe('the ledger row', () => {
  it('holds what the invocation did, from where to where', async () => {
    const path = await preparedPath(db.open());
    const first = [streamRecord(eventAt(NOON_MS, 'a'), { n: 1 }), streamRecord(eventAt(NOON_MS, 'b'), { n: 2 })];
    const one = tallyOf(first);
    await path.commit(one, {
      requestId: 'one',
      cold: true,
      memoryMb: 64.5,
      cpuMs: 1.5,
      readWaitMs: 2,
      databaseWaitMs: 0,
    });
    const second = [streamRecord([eventAt(NOON_MS, 'b', 'x'), '{broken'], { n: 3, arrivalMs: NOON_MS + 7 })];
    await path.commit(tallyOf(second, { from: one.shard.reached }), { requestId: 'two' });

    const rows = await ledgerOf(path);

    const bytes = (records: typeof first) => records.reduce((sum, { data }) => sum + data.length, 0);
    expect(rows).toMatchObject([
      {
        id: '1',
        requestId: 'one',
        cold: true,
        shards: [{ shardId: SHARD, before: null, first: sequenceNumber(1), last: sequenceNumber(2) }],
        records: 2,
        events: 2,
        bytes: bytes(first),
        rowsWritten: 4,
        rowsFresh: 4,
        quarantined: 0,
        pathWatermarkMs: NOON_MS - 15_000,
        memoryMb: 64.5,
        cpuMs: 1.5,
        readWaitMs: 2,
        arrivals: { widthMs: 1, buckets: [NOON_MS], events: [2] },
      },
      {
        id: '2',
        requestId: 'two',
        cold: false,
        shards: [{ before: sequenceNumber(2), first: sequenceNumber(3), last: sequenceNumber(3) }],
        records: 1,
        events: 1,
        bytes: bytes(second),
        rowsWritten: 2, // b once more, and b with a referrer for the first time
        rowsFresh: 1,
        quarantined: 1,
        arrivals: { buckets: [NOON_MS + 7], events: [1] },
      },
    ]);
  });

  it.each([
    ['count', { events: 3, late: 1, dropped: 0 }],
    ['drop', { events: 2, late: 1, dropped: 1 }],
  ] as const)('counts late events apart, under the policy %s', async (latePolicy, expected) => {
    const settings = { ...SETTINGS, latePolicy };
    const path = await preparedPath(db.open(), { settings });
    const at = NOON_MS + 6 * MINUTE_MS;
    // 12:05:15 makes the window that ended at 12:05:00 late; 12:04:59 then is.
    const lines = [
      eventAt(NOON_MS),
      eventAt(NOON_MS + 5 * MINUTE_MS + 15 * SECOND_MS),
      eventAt(NOON_MS + 299 * SECOND_MS),
    ];

    await path.commit(tallyOf([streamRecord(lines, { arrivalMs: at })], { settings }));

    expect(await ledgerOf(path)).toMatchObject([expected]);
  });

  it('counts hits on windows that were final for the path before the statement', async () => {
    const path = await preparedPath(db.open());
    const arrivalMs = NOON_MS + 6 * MINUTE_MS;
    const one = tallyOf([streamRecord(eventAt(NOON_MS + 5 * MINUTE_MS + 15 * SECOND_MS), { n: 1, arrivalMs })]);
    await path.commit(one);
    const lines = [eventAt(NOON_MS, 'a'), eventAt(NOON_MS, 'b'), eventAt(NOON_MS + 5 * MINUTE_MS, 'a')];

    await path.commit(tallyOf([streamRecord(lines, { n: 2, arrivalMs })], { from: one.shard.reached }));

    expect(await ledgerOf(path)).toMatchObject([{ afterFinal: 0 }, { afterFinal: 2, late: 2 }]);
  });

  it('comes last: its clock is behind every write of its statement, and not before its start', async () => {
    const path = await preparedPath(db.open());
    await path.query('create table written (at timestamptz not null)');
    await path.query(`create function note() returns trigger language plpgsql as $$
      begin perform pg_sleep(0.01); insert into written values (clock_timestamp()); return new; end $$`);
    for (const table of [
      'shard_checkpoint',
      'processed_events_aggregated',
      'processed_events_aggregated_source',
      'quarantine',
    ]) {
      await path.query(`create trigger note before insert on ${table} for each row execute function note()`);
    }
    const lines = [...'abcde'].flatMap((host) => [eventAt(NOON_MS, host), '{broken']);

    await path.commit(tallyOf([streamRecord(lines)]));

    const [row] = await path.query(
      `select count(*)::int as writes, bool_and(w.at <= l.committed) as last, bool_and(l.started <= l.committed) as after_start
       from written w, ledger l`,
    );
    expect(row).toEqual({ writes: 1 + 5 + 5 + 5, last: true, after_start: true });
  });

  it('refuses a sum beyond 2^63 - 1 instead of wrapping, and keeps what was there', async () => {
    const path = await preparedPath(db.open());
    const one = tallyOf([streamRecord(eventAt(NOON_MS, 'a'), { n: 1 })]);
    await path.commit(one);
    await path.query(`update processed_events_aggregated set num_hits = 9223372036854775806`);
    const two = tallyOf([streamRecord(eventAt(NOON_MS, 'a'), { n: 2 })], { from: one.shard.reached });
    await path.commit(two);

    const three = tallyOf([streamRecord(eventAt(NOON_MS, 'a'), { n: 3 })], { from: two.shard.reached });
    await expect(path.commit(three)).rejects.toMatchObject({ code: '22003' });

    const [row] = await path.query('select num_hits as hits from processed_events_aggregated');
    expect(row).toEqual({ hits: '9223372036854775807' });
    expect(await ledgerOf(path)).toHaveLength(2);
  });
});

describe('the quarantine', () => {
  it('holds the bytes of each line, where it stood, and what was expected instead', async () => {
    const path = await preparedPath(db.open());
    const bytes = Uint8Array.of(0x7b, 0xff, 0x00, 0x7d);
    const records = [streamRecord([eventAt(NOON_MS), '{broken'], { n: 1 }), streamRecord([bytes], { n: 2 })];

    await path.commit(tallyOf(records));

    const held = await path.query('select sequence_number::text as n, position, bytes from quarantine order by n');
    expect(held).toEqual([
      { n: sequenceNumber(1), position: 2, bytes: Buffer.from('{broken') },
      { n: sequenceNumber(2), position: 1, bytes: Buffer.from(bytes) },
    ]);
    const explained = await path.database.within(path.schema, (session) => readQuarantine(session, 1));
    expect(explained).toEqual([
      {
        shardId: SHARD,
        sequenceNumber: sequenceNumber(1),
        position: 2,
        reason: 'invalid_json',
        expected: 'one JSON object a line',
        nextStep: 'check for truncation and for newlines inside an object',
        head: Buffer.from('{broken').toString('base64'),
      },
    ]);
  });
});
