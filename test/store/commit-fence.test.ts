import { describe, expect, it } from 'vitest';
import { readCheckpoints } from '#functions/store/path-state.ts';
import { readAllTables, readHosts } from '../support/path-tables.ts';
import { eventAt, NOON_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { SETTINGS } from '../support/settings.ts';
import { SHARD, tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath } from '../support/test-path.ts';

const db = useDatabase();

function records(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, i) => streamRecord(eventAt(NOON_MS), { n: from + i }));
}

describe('the fence, for one shard', () => {
  it('counts a batch once when it is redelivered, and writes nothing the second time', async () => {
    const path = await preparedPath(db.open());
    const batch = tallyOf(records(1, 3));
    const first = await path.commit(batch);
    const before = await readAllTables(path);

    const second = await path.commit(batch);

    expect(first.committed).toBe(true);
    expect(second.committed).toBe(false);
    expect(await readAllTables(path)).toEqual(before);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 example.org 3']);
  });

  it('refuses a batch that overlaps after a bisect, and answers where the shard stands', async () => {
    const path = await preparedPath(db.open());
    await path.commit(tallyOf(records(1, 2)));

    const outcome = await path.commit(tallyOf(records(1, 4)));

    expect(outcome).toEqual({
      committed: false,
      current: new Map([[SHARD, { sequenceNumber: sequenceNumber(2), watermarkMs: NOON_MS - 15_000 }]]),
    });
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 example.org 2']);
  });

  it('takes the rest of an overlapping batch from the checkpoint that it answered', async () => {
    const path = await preparedPath(db.open());
    await path.commit(tallyOf(records(1, 2)));
    const refused = await path.commit(tallyOf(records(1, 4)));
    const from = refused.committed ? undefined : refused.current.get(SHARD);

    const outcome = await path.commit(tallyOf(records(3, 4), from === undefined ? {} : { from }));

    expect(outcome.committed).toBe(true);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 example.org 4']);
  });

  it('refuses a batch that leaves a gap behind the checkpoint', async () => {
    const path = await preparedPath(db.open());
    await path.commit(tallyOf(records(1, 2)));
    const before = await readAllTables(path);

    const from = { sequenceNumber: sequenceNumber(3), watermarkMs: NOON_MS - SETTINGS.boundMs };
    const outcome = await path.commit(tallyOf(records(4, 5), { from }));

    expect(outcome.committed).toBe(false);
    expect(await readAllTables(path)).toEqual(before);
  });

  it('refuses to go on from a checkpoint that a shard without a row never had', async () => {
    const path = await preparedPath(db.open(), { shardIds: [] });
    const from = { sequenceNumber: sequenceNumber(3), watermarkMs: NOON_MS - SETTINGS.boundMs };

    const outcome = await path.commit(tallyOf(records(4, 5), { from }));

    expect(outcome).toEqual({ committed: false, current: new Map() });
    expect(await readHosts(path)).toEqual([]);
  });

  it('refuses a batch of a shard that was never registered: nothing would say with which watermark it begins', async () => {
    const path = await preparedPath(db.open(), { shardIds: [] });

    const outcome = await path.commit(tallyOf(records(1, 3)));

    expect(outcome).toEqual({ committed: false, current: new Map() });
    expect(await readHosts(path)).toEqual([]);
  });

  it("refuses a batch that was judged by a watermark that is no longer the shard's", async () => {
    const path = await preparedPath(db.open());
    const { shard } = tallyOf(records(1, 1));
    await path.commit(tallyOf(records(1, 1)));
    await path.query(`update shard_checkpoint set watermark = watermark + interval '1 ms'`);

    const stale = await path.commit(tallyOf(records(2, 2), { from: shard.reached }));

    const current = { ...shard.reached, watermarkMs: shard.reached.watermarkMs + 1 };
    expect(stale).toEqual({ committed: false, current: new Map([[SHARD, current]]) });
    expect((await path.commit(tallyOf(records(2, 2), { from: current }))).committed).toBe(true);
  });

  it('tells neighbours of 56 digits apart that are equal as doubles', async () => {
    expect(Number(sequenceNumber(1))).toBe(Number(sequenceNumber(2)));
    const path = await preparedPath(db.open());
    await path.commit(tallyOf(records(1, 1)));

    const refused = await path.commit(
      tallyOf(records(3, 3), { from: { sequenceNumber: sequenceNumber(2), watermarkMs: NOON_MS - SETTINGS.boundMs } }),
    );
    const taken = await path.commit(
      tallyOf(records(2, 2), { from: { sequenceNumber: sequenceNumber(1), watermarkMs: NOON_MS - SETTINGS.boundMs } }),
    );

    expect([refused.committed, taken.committed]).toEqual([false, true]);
    const [row] = await path.query<{ text: string }>('select sequence_number::text as text from shard_checkpoint');
    expect(row?.text).toBe(sequenceNumber(2));
  });

  it('keeps streams apart that have shards of the same name', async () => {
    const path = await preparedPath(db.open());
    await path.commit(tallyOf(records(1, 2)));
    await path.query(`insert into shard_checkpoint (stream, shard_id, sequence_number) values ('other', $1, 7)`, [
      SHARD,
    ]);

    const checkpoints = await path.database.within(path.schema, (session) => readCheckpoints(session, path.stream));

    expect([...checkpoints.values()].map((checkpoint) => checkpoint.sequenceNumber)).toEqual([sequenceNumber(2)]);
  });
});
