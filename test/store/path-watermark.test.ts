import { describe, expect, it } from 'vitest';
import { UNREAD } from '#functions/core/shard.ts';
import { registerShards } from '#functions/store/path-state.ts';
import { eventAt, MINUTE_MS, NOON_MS, streamRecord } from '../support/records.ts';
import { SETTINGS } from '../support/settings.ts';
import { tallyOf, tallyOfShards } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath, type TestPath } from '../support/test-path.ts';

const db = useDatabase();
const BOUND_MS = SETTINGS.boundMs;

/** An event that moves its shard's watermark to noon + `minutes`. */
function upTo(minutes: number, shardId: string, { n = 1, from = UNREAD } = {}) {
  const timeMs = NOON_MS + minutes * MINUTE_MS + BOUND_MS;
  return tallyOf([streamRecord(eventAt(timeMs), { n, arrivalMs: timeMs })], { shardId, from });
}

/** The path's watermark in minutes from noon: as its statements proved it, and as of now. */
async function watermark(path: TestPath): Promise<{ proven: number | null; now: number | null }> {
  const [row] = await path.query<{ proven: number | null; now: number | null }>(
    `select (extract(epoch from proven - $1::timestamp) / 60)::double precision as proven,
      (extract(epoch from now - $1::timestamp) / 60)::double precision as now
     from path_watermark`,
    ['2026-01-31T12:00:00'],
  );
  return row ?? { proven: null, now: null };
}

/** As if a shard had last moved longer ago than the idle timeout, by the database's clock. */
async function silence(path: TestPath, shardId: string): Promise<void> {
  await path.query(`update shard_checkpoint set moved_at = clock_timestamp() - interval '61 s' where shard_id = $1`, [
    shardId,
  ]);
}

describe('the micro-batch path', () => {
  it('is held back by a registered shard that has been silent from the start', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'silent'] });

    await path.commit(upTo(5, 'a'));

    expect(await watermark(path)).toEqual({ proven: null, now: null });
  });

  it('goes on without the silent shard once that is idle by the clock of the database', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'silent'] });
    await path.commit(upTo(5, 'a'));

    await silence(path, 'silent');

    expect(await watermark(path)).toEqual({ proven: null, now: 5 });
    await path.commit(upTo(6, 'a', { n: 2, from: upTo(5, 'a').shard.reached }));
    expect(await watermark(path)).toEqual({ proven: 6, now: 6 });
  });

  it('is the least of its shards, not the greatest', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'b'] });

    await path.commit(upTo(9, 'a'));
    await path.commit(upTo(4, 'b'));

    expect(await watermark(path)).toEqual({ proven: 4, now: 4 });
  });

  it('is the greatest of its shards once all of them are idle', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'b'] });
    await path.commit(upTo(9, 'a'));
    await path.commit(upTo(4, 'b'));

    await silence(path, 'a');
    await silence(path, 'b');

    expect(await watermark(path)).toEqual({ proven: 4, now: 9 });
  });

  it('has none while every shard is idle and none has carried an event', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'b'] });
    await silence(path, 'a');
    await silence(path, 'b');

    expect(await watermark(path)).toEqual({ proven: null, now: null });
  });

  it.each([
    ['one shard was idle', ['b']],
    ['all shards were idle', ['a', 'b']],
  ])('does not go back when a shard speaks again after %s', async (_, idle) => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'b'] });
    await path.commit(upTo(9, 'a'));
    await path.commit(upTo(2, 'b'));
    for (const shardId of idle) await silence(path, shardId);
    const seen = await watermark(path);

    await path.commit(upTo(4, 'b', { n: 2, from: upTo(2, 'b').shard.reached }));

    expect(seen.now).toBe(9);
    expect(await watermark(path)).toEqual({ proven: 9, now: 9 });
    const [entry] = await path.query('select after_final::int, late::int from ledger order by id desc limit 1');
    expect(entry).toEqual({ after_final: 1, late: 0 }); // idleness makes a window final, never an event late
  });

  it('does not go back when a new shard is registered', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'b'] });
    await path.commit(upTo(9, 'a'));
    await silence(path, 'b');

    await path.database.within(path.schema, (session) => registerShards(session, path.stream, ['a', 'child']));

    expect(await watermark(path)).toEqual({ proven: 9, now: 9 });
  });

  it('is not moved by a shard whose lines were all quarantined', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a'] });

    await path.commit(tallyOf([streamRecord('{broken')], { shardId: 'a' }));

    expect(await watermark(path)).toEqual({ proven: null, now: null });
  });
});

describe('the scheduled-batch path', () => {
  const prepared = () => preparedPath(db.open(), { path: 'scheduledBatch', shardIds: ['a', 'b'] });
  const records = (minutes: number) => {
    const timeMs = NOON_MS + minutes * MINUTE_MS + BOUND_MS;
    return [streamRecord(eventAt(timeMs), { arrivalMs: timeMs })];
  };

  it('is the greatest of shards that were all read to the cut-off', async () => {
    const path = await prepared();

    await path.commit(tallyOfShards({ a: records(9), b: records(4) }));

    expect(await watermark(path)).toEqual({ proven: 9, now: 9 });
  });

  it('is not held back by a silent shard that was read to the cut-off', async () => {
    const path = await prepared();

    await path.commit(tallyOfShards({ a: records(9), b: [] }));

    expect(await watermark(path)).toEqual({ proven: 9, now: 9 });
  });

  it.each([
    ['that has a watermark', records(4), 4],
    ['that has none yet', [], null],
  ])('is held back by a shard %s and was left with records before the cut-off', async (_, ofB, expected) => {
    const path = await prepared();
    const { tally, shards } = tallyOfShards({ a: records(9), b: ofB });

    await path.commit({ tally, shards: shards.map((shard) => ({ ...shard, holdsBack: shard.shardId === 'b' })) });

    expect(await watermark(path)).toEqual({ proven: expected, now: expected });
  });

  it('does not fall idle: a shard that was not read to the cut-off holds back for as long as it takes', async () => {
    const path = await prepared();
    const { tally, shards } = tallyOfShards({ a: records(9), b: records(4) });
    await path.commit({ tally, shards: shards.map((shard) => ({ ...shard, holdsBack: shard.shardId === 'b' })) });

    await silence(path, 'a');
    await silence(path, 'b');

    expect(await watermark(path)).toEqual({ proven: 4, now: 4 });
  });
});
