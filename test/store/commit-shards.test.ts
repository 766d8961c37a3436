import { describe, expect, it } from 'vitest';
import { readCheckpoints } from '#functions/store/path-state.ts';
import { readAllTables, readHosts } from '../support/path-tables.ts';
import { eventAt, NOON_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { tallyOf, tallyOfShards } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath } from '../support/test-path.ts';

const db = useDatabase();
const SHARDS = ['shard-a', 'shard-b', 'shard-c'];

function three(n: number) {
  return Object.fromEntries(
    SHARDS.map((shardId) => [shardId, [streamRecord([eventAt(NOON_MS), '{broken'], { n })]] as const),
  );
}

function preparedBatchPath() {
  return preparedPath(db.open(), { path: 'scheduledBatch', shardIds: SHARDS });
}

describe('a batch of three shards', () => {
  it('moves every shard in one statement, with one ledger row', async () => {
    const path = await preparedBatchPath();

    const outcome = await path.commit(tallyOfShards(three(1)));

    expect(outcome.committed).toBe(true);
    const rows = await path.query('select shard_id, sequence_number::text as at from shard_checkpoint order by 1');
    expect(rows).toEqual(SHARDS.map((shard_id) => ({ shard_id, at: sequenceNumber(1) })));
    const [entry] = await path.query(`select shard_ids, records::int, events::int, quarantined::int from ledger`);
    expect(entry).toEqual({ shard_ids: SHARDS, records: 3, events: 3, quarantined: 3 });
  });

  it.each(SHARDS)('changes nothing at all where another writer has moved %s', async (moved) => {
    const path = await preparedBatchPath();
    await path.commit(tallyOfShards(three(1)));
    const checkpoints = await path.database.within(path.schema, (session) => readCheckpoints(session, path.stream));
    const batch = tallyOfShards(three(3), checkpoints);
    const from = checkpoints.get(moved);
    await path.commit(
      tallyOf([streamRecord(eventAt(NOON_MS), { n: 2 })], { shardId: moved, ...(from === undefined ? {} : { from }) }),
    );
    const before = await readAllTables(path);

    const outcome = await path.commit(batch);

    expect(outcome.committed).toBe(false);
    expect(await readAllTables(path)).toEqual(before);
  });

  it('changes nothing at all where all three have moved', async () => {
    const path = await preparedBatchPath();
    await path.commit(tallyOfShards(three(1)));
    const before = await readAllTables(path);

    const outcome = await path.commit(tallyOfShards(three(1)));

    expect(outcome.committed).toBe(false);
    expect(await readAllTables(path)).toEqual(before);
    expect(before.processed_events_aggregated).toHaveLength(1);
  });

  it('goes on where a shard had nothing new and stands still', async () => {
    const path = await preparedBatchPath();
    await path.commit(tallyOfShards(three(1)));
    const checkpoints = await path.database.within(path.schema, (session) => readCheckpoints(session, path.stream));

    const outcome = await path.commit(
      tallyOfShards(
        { 'shard-a': [streamRecord(eventAt(NOON_MS), { n: 2 })], 'shard-b': [], 'shard-c': [] },
        checkpoints,
      ),
    );

    expect(outcome.committed).toBe(true);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 example.org 4']);
    const [entry] = await path.query(
      'select first_sequence_numbers::text[] as first, last_sequence_numbers::text[] as last from ledger order by id desc limit 1',
    );
    expect(entry).toEqual({
      first: [sequenceNumber(2), null, null],
      last: [sequenceNumber(2), sequenceNumber(1), sequenceNumber(1)],
    });
  });

  it('commits shards that were never read and hold nothing yet', async () => {
    const path = await preparedBatchPath();

    const outcome = await path.commit(tallyOfShards({ 'shard-a': [], 'shard-b': [], 'shard-c': [] }));

    expect(outcome.committed).toBe(true);
    expect(await readHosts(path)).toEqual([]);
  });
});
