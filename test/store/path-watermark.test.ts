import { describe, expect, it } from 'vitest';
import { UNREAD } from '#functions/core/shard.ts';
import { readCheckpoints, registerShards } from '#functions/store/path-state.ts';
import { claimSilentShards, followResharding, raiseWatermarks } from '#functions/store/silent-shards.ts';
import { eventAt, MINUTE_MS, NOON_MS, sequenceNumber, streamRecord } from '../support/records.ts';
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

/** The path's watermark in minutes from noon. */
async function watermark(path: TestPath): Promise<number | null> {
  const [row] = await path.query<{ now: number | null }>(
    `select (extract(epoch from now - $1::timestamp) / 60)::double precision as now from path_watermark`,
    ['2026-01-31T12:00:00'],
  );
  return row?.now ?? null;
}

/** The watermark of each shard in minutes from noon. */
async function watermarks(path: TestPath): Promise<Record<string, number>> {
  const checkpoints = await path.database.within(path.schema, (session) => readCheckpoints(session, path.stream));
  return Object.fromEntries(
    [...checkpoints].map(([shardId, { watermarkMs }]) => [shardId, (watermarkMs - NOON_MS) / MINUTE_MS]),
  );
}

/** As if shards had last moved longer ago than the idle timeout, by the database's clock. */
async function silence(path: TestPath, ...shardIds: string[]): Promise<void> {
  await path.query(
    `update shard_checkpoint set moved_at = clock_timestamp() - interval '61 s' where shard_id = any ($1)`,
    [shardIds],
  );
}

const inPath = <T>({ database, schema }: TestPath, work: Parameters<typeof database.within<T>>[1]) =>
  database.within(schema, work);

describe('the micro-batch path', () => {
  it('is held back by a registered shard that has been silent from the start', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'silent'] });

    await path.commit(upTo(5, 'a'));

    expect(await watermark(path)).toBe(null);
  });

  it('is the least of its shards, not the greatest', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'b'] });

    await path.commit(upTo(9, 'a'));
    await path.commit(upTo(4, 'b'));

    expect(await watermark(path)).toBe(4);
  });

  it.each([['one shard'], ['all shards']])(
    'stays where it is while %s is silent: silence proves nothing',
    async (which) => {
      const path = await preparedPath(db.open(), { shardIds: ['a', 'b'] });
      await path.commit(upTo(9, 'a'));
      await path.commit(upTo(4, 'b'));

      await silence(path, ...(which === 'one shard' ? ['b'] : ['a', 'b']));

      expect(await watermark(path)).toBe(4);
    },
  );

  it('goes on without a silent shard that was looked at and found empty, to where the busy ones were before', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'silent'] });
    await path.commit(upTo(5, 'a'));
    await silence(path, 'silent');

    const outcome = await path.commit(upTo(6, 'a', { n: 2, from: upTo(5, 'a').shard.reached }));
    const busyWatermarkMs = (outcome.committed && outcome.busyWatermarkMs) || Number.NaN;
    const silent = await inPath(path, (session) => claimSilentShards(session, path.stream));
    await path.commit(upTo(8, 'a', { n: 3, from: upTo(6, 'a', { n: 2 }).shard.reached }));
    await inPath(path, (session) =>
      raiseWatermarks(session, path.stream, [{ shardId: 'silent', sequenceNumber: null }], busyWatermarkMs),
    );

    expect(busyWatermarkMs).toBe(NOON_MS + 6 * MINUTE_MS);
    expect([...silent.keys()]).toEqual(['silent']);
    expect(await watermark(path)).toBe(6);
  });

  it('asks for a look only where a whole window waits for silent shards', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'b'] });
    await path.commit(upTo(1, 'b'));
    await silence(path, 'b');
    const commit = async (minutes: number, n: number, from = UNREAD) => {
      const batch = upTo(minutes, 'a', { n, from });
      const outcome = await path.commit(batch);
      return { asked: outcome.committed && outcome.busyWatermarkMs !== null, from: batch.shard.reached };
    };

    const within = await commit(4, 1);
    const beyond = await commit(5, 2, within.from);

    expect([within.asked, beyond.asked]).toEqual([false, true]);
  });

  it('leaves a shard where it is that has moved since it was looked at', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'b'] });
    await path.commit(upTo(9, 'a'));
    await path.commit(upTo(2, 'b'));

    await inPath(path, (session) =>
      raiseWatermarks(session, path.stream, [{ shardId: 'b', sequenceNumber: null }], NOON_MS + 9 * MINUTE_MS),
    );

    expect(await watermark(path)).toBe(2);
  });

  it('has a silent shard looked at by one environment, once a second', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'b'] });
    const other = path.by(db.open());
    await silence(path, 'b');
    const claim = (by: TestPath) => inPath(by, (session) => claimSilentShards(session, by.stream));

    const claims = await Promise.all([claim(path), claim(other), claim(path)]);
    await path.query(`update shard_checkpoint set looked_at = looked_at - interval '1 s'`);
    claims.push(await claim(other));

    expect(claims.map((shards) => shards.size).sort()).toEqual([0, 0, 1, 1]);
  });

  it('stays where it is when a shard is registered, which begins there', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a', 'b'] });
    await path.commit(upTo(9, 'a'));
    await path.commit(upTo(4, 'b'));

    await inPath(path, (session) => registerShards(session, path.stream, ['a', 'child']));

    expect(await watermark(path)).toBe(4);
    expect(await watermarks(path)).toEqual({ a: 9, b: 4, child: 4 });
  });

  it.each([
    ['a split', ['a'], ['c', 'd'], { a: 9, b: 4, c: 9, d: 9 }, 4],
    ['a merge', ['a', 'b'], ['c'], { a: 9, b: 4, c: 4 }, 4],
  ])(
    'goes on after %s with the children, which begin with the least watermark of their parents',
    async (_, parents, childIds, expected, now) => {
      const path = await preparedPath(db.open(), { shardIds: ['a', 'b'] });
      await path.commit(upTo(9, 'a'));
      await path.commit(upTo(4, 'b'));
      const drained = parents.map((shardId) => ({ shardId, sequenceNumber: sequenceNumber(1) }));

      await inPath(path, (session) => followResharding(session, path.stream, { parents: drained, childIds }));

      expect(await watermarks(path)).toEqual(expected);
      expect(await watermark(path)).toBe(now);
      const waits = await path.query<{ id: string }>(
        'select shard_id as id from shard_checkpoint where holds_back order by 1',
      );
      expect(waits.map(({ id }) => id)).toEqual([...['a', 'b'].filter((id) => !parents.includes(id)), ...childIds]);
    },
  );

  it('goes on waiting for a parent that has moved since it was looked at', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a'] });
    await path.commit(upTo(9, 'a'));

    await inPath(path, (session) =>
      followResharding(session, path.stream, { parents: [{ shardId: 'a', sequenceNumber: null }], childIds: ['c'] }),
    );

    expect(await path.query('select shard_id, holds_back from shard_checkpoint')).toEqual([
      { shard_id: 'a', holds_back: true },
    ]);
  });

  it('is not moved by a shard whose lines were all quarantined', async () => {
    const path = await preparedPath(db.open(), { shardIds: ['a'] });

    await path.commit(tallyOf([streamRecord('{broken')], { shardId: 'a' }));

    expect(await watermark(path)).toBe(null);
  });
});

describe('the scheduled-batch path', () => {
  const prepared = () => preparedPath(db.open(), { path: 'scheduledBatch', shardIds: ['a', 'b'] });
  const records = (minutes: number) => {
    const timeMs = NOON_MS + minutes * MINUTE_MS + BOUND_MS;
    return [streamRecord(eventAt(timeMs), { arrivalMs: timeMs })];
  };
  /** A run over both shards, with the time for which each is proven to have been silent up to the cut-off, ms. */
  const run = (a: number | null, b: number | null, silentMs: { a: number | null; b: number | null }) => {
    const { tally, shards } = tallyOfShards({ a: a === null ? [] : records(a), b: b === null ? [] : records(b) });
    for (const shard of shards) shard.silentMs = silentMs[shard.shardId as 'a' | 'b'];
    return { tally, shards };
  };
  const IDLE_MS = SETTINGS.idleTimeoutMs;

  it.each([
    ['is the least of its shards', run(9, 4, { a: 0, b: IDLE_MS - 1 }), 4],
    ['goes along with the busy shards where one is proven idle', run(9, 4, { a: 0, b: IDLE_MS }), 9],
    ['is held back by a shard that has never carried an event', run(9, null, { a: 0, b: null }), null],
    ['is the least where all are proven idle', run(9, 4, { a: IDLE_MS, b: IDLE_MS }), 4],
    ['is held back by a shard that was left with records before the cut-off', run(9, 4, { a: IDLE_MS, b: 0 }), 4],
  ])('%s', async (_, batch, expected) => {
    const path = await prepared();

    await path.commit(batch);

    expect(await watermark(path)).toBe(expected);
  });

  it('goes on without a shard that has been silent for the idle timeout since an earlier run', async () => {
    const path = await prepared();
    await silence(path, 'b');

    await path.commit(run(9, null, { a: 0, b: null }));

    expect(await watermark(path)).toBe(9);
  });

  it('does not wait again for a drained shard that a later run did not read', async () => {
    const path = await prepared();
    const first = run(4, 9, { a: 0, b: 0 });
    for (const shard of first.shards) shard.drained = shard.shardId === 'a';
    await path.commit(first);
    const seen = await watermark(path);
    const reached = new Map(first.shards.map((shard) => [shard.shardId, shard.reached]));

    await path.commit(tallyOfShards({ a: [], b: [] }, reached));

    expect([seen, await watermark(path)]).toEqual([9, 9]);
  });
});
