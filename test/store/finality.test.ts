import { KinesisClient } from '@aws-sdk/client-kinesis';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerShards } from '#functions/store/path-state.ts';
import { runSchema } from '#functions/store/schemas.ts';
import { deliveredStream, readFinal, streamOfRun } from '../support/delivered-stream.ts';
import { captureLog, MICRO_BATCH_CONNECTION, startEnvironment } from '../support/environments.ts';
import type { MicroBatchHandler } from '../support/path-cases.ts';
import { eventAt, MINUTE_MS, NOON_MS, streamRecord } from '../support/records.ts';
import { SETTINGS } from '../support/settings.ts';
import { delayZombie, slowDown, untilAsleep } from '../support/slow-statements.ts';
import { tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath, type TestPath } from '../support/test-path.ts';

const db = useDatabase({ keptOpenBy: MICRO_BATCH_CONNECTION });
const database = db.open();
let handler: MicroBatchHandler;
let runs = 0;

beforeAll(async () => {
  handler = await startEnvironment('micro-batch', db.url);
});
beforeEach(() => {
  captureLog();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A run that drops late events, and its stream. Time is in minutes from noon; windows are of 5 minutes. */
async function started(shardIds: string[]) {
  const run = `final${runs++}`;
  const path = await preparedPath(database, {
    schema: runSchema(run, 'microBatch'),
    stream: streamOfRun(run),
    shardIds,
    settings: { ...SETTINGS, latePolicy: 'drop' },
  });
  const stream = deliveredStream(path, shardIds);
  return {
    path,
    stream,
    /** Events arrive, one at each minute given. */
    arrive: (shardId: string, ...minutes: number[]) => {
      for (const minute of minutes) stream.arrive(shardId, NOON_MS + minute * MINUTE_MS);
    },
  };
}

/** As if some shards had not moved for longer than the idle timeout, by the database's clock. */
async function silence(path: TestPath, ...shardIds: string[]): Promise<void> {
  await path.query(`update shard_checkpoint set moved_at = moved_at - interval '10 min' where shard_id = any ($1)`, [
    shardIds,
  ]);
}

/** Fails if a row that was final is not there any more, or has other hits. */
async function expectKept(path: TestPath, before: ReadonlyMap<string, number>): Promise<void> {
  expect(Object.fromEntries(await readFinal(path))).toMatchObject(Object.fromEntries(before));
}

describe('a final row stays as it is', () => {
  it('where a batching window keeps records back for longer than the idle timeout', async () => {
    const { path, stream, arrive } = await started(['a', 'b']);
    arrive('a', 0, 1);
    arrive('b', 0, 1);
    await stream.deliver(handler, 'a');
    await stream.deliver(handler, 'b');
    arrive('b', 2, 3, 4);
    arrive('a', 2, 6);
    await silence(path, 'b');

    await stream.deliver(handler, 'a');
    const before = await readFinal(path);
    await stream.deliver(handler, 'b');

    await expectKept(path, before);
  });

  it('where a child shard has not carried anything yet', async () => {
    const { path, stream, arrive } = await started(['a', 'parent']);
    arrive('a', 0);
    arrive('parent', 0, 1);
    await stream.deliver(handler, 'a');
    await stream.deliver(handler, 'parent');
    stream.split('parent', ['c', 'd']);
    arrive('c', 2, 3);
    arrive('a', 2, 6);
    await silence(path, 'parent');

    await stream.deliver(handler, 'a');
    const before = await readFinal(path);
    await stream.deliver(handler, 'c');

    await expectKept(path, before);
  });

  it('where an outage lasts longer than the idle timeout, and leaves one shard with a backlog', async () => {
    const { path, stream, arrive } = await started(['a', 'b']);
    arrive('a', 0, 6);
    arrive('b', 0, 1, 2, 3);
    await stream.deliver(handler, 'a');
    await stream.deliver(handler, 'b', 2);
    await silence(path, 'a', 'b');

    const before = await readFinal(path);
    await stream.deliver(handler, 'b');

    await expectKept(path, before);
  });

  it('where a shard is registered by a statement that began before others moved the path', async () => {
    const { path } = await started(['a', 'b']);
    const zombie = path.by(db.open({ applicationName: 'zombie' }));
    const other = path.by(db.open());
    await readFinal(other); // connects
    const sixMs = NOON_MS + 6 * MINUTE_MS;
    const commit = (shardId: string, by = path) =>
      by.commit(tallyOf([streamRecord(eventAt(sixMs), { arrivalMs: sixMs })], { shardId }));
    await path.query(`insert into processed_events_aggregated values ('2026-01-31T12:00:00', 'a', 1)`);
    await delayZombie(path, 1);
    await slowDown(path);

    const registering = zombie.database.within(path.schema, (session) => registerShards(session, path.stream, ['c']));
    await untilAsleep(path, 'zombie');
    await Promise.all([commit('a'), commit('b', other)]);
    const before = await readFinal(path);
    await registering;

    await expectKept(path, before);
    await commit('c');
    expect((await readFinal(path)).size).toBe(1);
  });
});

describe('a window becomes final', () => {
  it('although a shard is silent, once that was looked at and found empty', async () => {
    const { path, stream, arrive } = await started(['a', 'b']);
    arrive('a', 0, 6);
    arrive('b', 0);
    await stream.deliver(handler, 'b');
    await silence(path, 'b');

    await stream.deliver(handler, 'a');

    expect(await readFinal(path)).toEqual(new Map([['2026-01-31 12:00:00 a', 2]]));
  });

  it('later where the look at a silent shard fails: the batch is counted, and the log says why', async () => {
    const { path, stream, arrive } = await started(['a', 'b']);
    const log = captureLog();
    arrive('a', 0, 6);
    arrive('b', 0);
    await stream.deliver(handler, 'b');
    await stream.deliver(handler, 'a', 1);
    await silence(path, 'b');
    vi.spyOn(KinesisClient.prototype, 'send').mockRejectedValue(new Error('no route to Kinesis') as never);

    await stream.deliver(handler, 'a');

    expect((await readFinal(path)).size).toBe(0);
    expect(log.map((line) => JSON.parse(line)).find(({ type }) => type === 'tidemark.look-failed')).toEqual({
      type: 'tidemark.look-failed',
      stream: path.stream,
      message: 'Error: no route to Kinesis',
    });
  });

  it('behind a split, when its children go on', async () => {
    const { path, stream, arrive } = await started(['parent']);
    arrive('parent', 0, 1);
    await stream.deliver(handler, 'parent');
    stream.split('parent', ['c', 'd']);
    arrive('c', 2, 6);
    arrive('d', 3, 7);

    await stream.deliver(handler, 'c');
    const before = await readFinal(path);
    await stream.deliver(handler, 'd');

    expect(before.size).toBe(0);
    expect(await readFinal(path)).toEqual(new Map([['2026-01-31 12:00:00 a', 4]]));
  });

  it('behind a merge, when the child goes on', async () => {
    const { path, stream, arrive } = await started(['a', 'b']);
    arrive('a', 0, 1);
    arrive('b', 0, 2);
    await stream.deliver(handler, 'a');
    await stream.deliver(handler, 'b');
    stream.merge(['a', 'b'], 'c');
    arrive('c', 3, 6);

    await stream.deliver(handler, 'c');

    expect(await readFinal(path)).toEqual(new Map([['2026-01-31 12:00:00 a', 5]]));
  });
});
