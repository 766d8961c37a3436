import { describe, expect, it } from 'vitest';
import { readPathState } from '#functions/store/path-state.ts';
import { eventAt, MINUTE_MS, NOON_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { SETTINGS } from '../support/settings.ts';
import { SHARD, tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath, type TestPath } from '../support/test-path.ts';

const db = useDatabase();

function stateOf(path: TestPath, stream = path.stream) {
  return path.database.within(path.schema, (session) => readPathState(session, stream));
}

async function countedPath(): Promise<TestPath> {
  const path = await preparedPath(db.open());
  await path.commit(tallyOf([streamRecord(eventAt(NOON_MS))]));
  return path;
}

describe('the settings of a path', () => {
  it('come back as they were written, with the checkpoints', async () => {
    const path = await preparedPath(db.open(), { shardIds: [SHARD, 'other'] });
    await path.commit(tallyOf([streamRecord(eventAt(NOON_MS))]));

    const state = await stateOf(path);

    expect(state.settings).toEqual(SETTINGS);
    expect(state.checkpoints).toEqual(
      new Map([
        [SHARD, { sequenceNumber: sequenceNumber(1), watermarkMs: NOON_MS - SETTINGS.boundMs }],
        ['other', { sequenceNumber: null, watermarkMs: Number.NEGATIVE_INFINITY }],
      ]),
    );
  });

  it('can change while nothing is counted, the size of the window too', async () => {
    const path = await preparedPath(db.open());
    const settings = { ...SETTINGS, windowMs: 7 * MINUTE_MS };

    await preparedPath(path.database, { schema: path.schema, settings });

    expect((await stateOf(path)).settings).toEqual(settings);
  });

  it.each([
    ['the stream', { stream: 'another' }],
    ['the path', { path: 'scheduledBatch' as const }],
  ])("can't change %s even while nothing is counted: the tables are somebody's", async (_, change) => {
    const path = await preparedPath(db.open());

    await expect(preparedPath(path.database, { schema: path.schema, ...change })).rejects.toThrow(
      /count stream 'events' in windows of 300000 ms, not .*: give the stack a database of its own/,
    );
    expect((await stateOf(path)).settings).toEqual(SETTINGS);
  });

  it('can change under counts where the windows stay as they are', async () => {
    const path = await countedPath();
    const settings = { ...SETTINGS, boundMs: 1000, latePolicy: 'drop' as const, idleTimeoutMs: 5000 };

    await preparedPath(path.database, { schema: path.schema, settings });

    expect((await stateOf(path)).settings).toEqual(settings);
    expect(await path.query('select idle_timeout::text as after from settings')).toEqual([{ after: '00:00:05' }]);
  });

  it.each([
    ['the size of the window', { settings: { ...SETTINGS, windowMs: 60_000 } }],
    ['the stream', { stream: 'another' }],
    ['the path', { path: 'scheduledBatch' as const }],
  ])("can't change %s under counts", async (_, change) => {
    const path = await countedPath();

    await expect(preparedPath(path.database, { schema: path.schema, ...change })).rejects.toThrow(
      /count stream 'events' in windows of 300000 ms, not .*: give the stack a database of its own/,
    );
    expect((await stateOf(path)).settings).toEqual(SETTINGS);
  });

  it('are refused to who counts another stream', async () => {
    const path = await preparedPath(db.open());

    await expect(stateOf(path, 'another')).rejects.toThrow("This schema counts stream 'events', not 'another'");
  });

  it('leave a shard where it stands when it is registered again', async () => {
    const path = await countedPath();

    await preparedPath(path.database, { schema: path.schema, shardIds: [SHARD, 'child'] });

    const { checkpoints } = await stateOf(path);
    expect([...checkpoints.keys()].sort()).toEqual(['child', SHARD]);
    expect(checkpoints.get(SHARD)?.sequenceNumber).toBe(sequenceNumber(1));
  });
});
