import { beforeEach, describe, expect, it } from 'vitest';
import type { Checkpoint } from '#functions/core/shard.ts';
import type { StreamRecord } from '#functions/core/tally.ts';
import { readCheckpoints } from '#functions/store/path-state.ts';
import { captureLog, context, MICRO_BATCH_CONNECTION, startEnvironment } from '../support/environments.ts';
import { readAllTables, readHosts } from '../support/path-tables.ts';
import {
  eventAt,
  kinesisEvent,
  MINUTE_MS,
  NOON_MS,
  SECOND_MS,
  sequenceNumber,
  streamRecord,
} from '../support/records.ts';
import { preparedRunPath, redriven } from '../support/redriving.ts';
import { SETTINGS } from '../support/settings.ts';
import { stubKinesis } from '../support/stubbed-kinesis.ts';
import { SHARD, tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath, type TestPath } from '../support/test-path.ts';

const db = useDatabase({ keptOpenBy: MICRO_BATCH_CONNECTION });
const database = db.open();

let log: string[];

beforeEach(() => {
  stubKinesis({ [SHARD]: [] });
  log = captureLog();
});

/** Records `from` to `to` of the shard, each an event of host a at noon. */
function records(from: number, to: number): StreamRecord[] {
  return Array.from({ length: to - from + 1 }, (_, i) => streamRecord(eventAt(NOON_MS, 'a'), { n: from + i }));
}

async function checkpointOf(path: TestPath, shardId = SHARD): Promise<Checkpoint | undefined> {
  const checkpoints = await path.database.within(path.schema, (session) => readCheckpoints(session, path.stream));
  return checkpoints.get(shardId);
}

/** Counts batches in the order given, each from where the one before left the shard; what is not given was discarded. */
async function count(path: TestPath, ...batches: StreamRecord[][]): Promise<void> {
  for (const batch of batches) {
    const from = await checkpointOf(path);
    const { settings } = path;
    const { committed } = await path.commit(tallyOf(batch, from === undefined ? { settings } : { from, settings }));
    expect(committed).toBe(true);
  }
}

describe('a discarded batch that later ones have passed', () => {
  it('is counted once however often it is redriven, and nothing is written the second time', async () => {
    const path = await preparedRunPath(database, 'twice');
    await count(path, records(1, 3), records(7, 9));

    const first = await redriven(path, records(4, 6));
    const before = await readAllTables(path);
    const second = await redriven(path, records(4, 6));

    expect(first).toEqual({
      stream: path.stream,
      shardId: SHARD,
      records: 3,
      counted: 3,
      ranges: [{ first: sequenceNumber(4), last: sequenceNumber(6), records: 3 }],
      events: 3,
      quarantined: 0,
      dropped: 0,
      alreadyCounted: 0,
      ahead: null,
    });
    expect(second).toEqual({ ...first, counted: 0, ranges: [], events: 0, alreadyCounted: 3 });
    expect(await readAllTables(path)).toEqual(before);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 9']);
  });

  it('is counted in part where a half of it was: only what no ledger row covers', async () => {
    const path = await preparedRunPath(database, 'halves');
    await count(path, records(1, 2), records(3, 4), records(7, 8), records(11, 12));

    const answer = await redriven(path, records(3, 12));

    expect(answer).toMatchObject({ records: 10, counted: 4, alreadyCounted: 6, events: 4 });
    expect(answer.ranges).toEqual([
      { first: sequenceNumber(5), last: sequenceNumber(6), records: 2 },
      { first: sequenceNumber(9), last: sequenceNumber(10), records: 2 },
    ]);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 12']);
  });

  it('is counted where it was the first of its shard', async () => {
    const path = await preparedRunPath(database, 'first');
    await count(path, records(4, 6));

    expect(await redriven(path, records(1, 3))).toMatchObject({ counted: 3 });
    expect(await redriven(path, records(1, 3))).toMatchObject({ counted: 0 });

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 6']);
  });

  it('holds its malformed lines once', async () => {
    const path = await preparedRunPath(database, 'malformed');
    const discarded = [streamRecord([eventAt(NOON_MS, 'a'), '{broken', 'gone'], { n: 2 })];
    await count(path, records(1, 1), records(3, 3));

    const answers = [await redriven(path, discarded), await redriven(path, discarded)];

    expect(answers.map(({ quarantined }) => quarantined)).toEqual([2, 0]);
    expect(await path.query('select sequence_number::text as n, position from quarantine order by position')).toEqual([
      { n: sequenceNumber(2), position: 2 },
      { n: sequenceNumber(2), position: 3 },
    ]);
  });

  it('leaves the checkpoint alone, so that a warm environment goes on without a second trip', async () => {
    const path = await preparedRunPath(database, 'warm');
    await count(path, records(1, 3), records(7, 9));
    const remembered = await checkpointOf(path);
    const ahead = streamRecord(eventAt(NOON_MS + 4 * MINUTE_MS, 'a'), { n: 4, arrivalMs: NOON_MS + 4 * MINUTE_MS });

    await redriven(path, [ahead]);

    expect(await checkpointOf(path)).toEqual(remembered);
    const next = tallyOf(records(10, 10), remembered === undefined ? {} : { from: remembered });
    expect((await path.commit(next)).committed).toBe(true);
  });

  it('is refused where ledger rows were deleted, for nobody can tell whether it was counted', async () => {
    const path = await preparedRunPath(database, 'pruned');
    await count(path, records(1, 3), records(4, 6), records(7, 9));
    await path.query('delete from ledger where id <= 2');
    const before = await readAllTables(path);

    await expect(redriven(path, records(4, 6))).rejects.toThrow(
      `Record ${sequenceNumber(4)} lies behind the checkpoint ${sequenceNumber(9)}, but the ledger has no row`,
    );

    expect(await readAllTables(path)).toEqual(before);
  });
});

describe('the lines of a discarded batch', () => {
  const minutes = (n: number, host: string, position: number): StreamRecord => {
    const timeMs = NOON_MS + n * MINUTE_MS + 20 * SECOND_MS;
    return streamRecord(eventAt(timeMs, host), { n: position, arrivalMs: NOON_MS + 20 * MINUTE_MS });
  };

  it('are late by the watermark that stood before them, not by the one of now', async () => {
    const settings = { ...SETTINGS, latePolicy: 'drop' as const };
    const path = await preparedRunPath(database, 'dropped', { settings });
    await count(path, [minutes(6, 'a', 1)], [minutes(15, 'a', 4)]);

    // 12:06 was in time behind 12:06; 12:01 was late then already.
    const answer = await redriven(path, [minutes(6, 'b', 2), minutes(1, 'b', 3)]);

    expect(answer).toMatchObject({ counted: 2, events: 1, dropped: 1 });
    expect(await path.query('select late::int, dropped::int, after_final::int from ledger order by id')).toEqual([
      { late: 0, dropped: 0, after_final: 0 },
      { late: 0, dropped: 0, after_final: 0 },
      { late: 1, dropped: 1, after_final: 1 },
    ]);
  });

  it('are judged behind a gap that was filled before theirs, by what that one reached', async () => {
    const settings = { ...SETTINGS, latePolicy: 'drop' as const };
    const path = await preparedRunPath(database, 'stacked', { settings });
    await count(path, [minutes(0, 'a', 1)], [minutes(15, 'a', 4)]);

    await redriven(path, [minutes(11, 'b', 2)]);
    const answer = await redriven(path, [minutes(3, 'b', 3)]);

    expect(answer).toMatchObject({ counted: 1, events: 0, dropped: 1 });
  });

  it('correct windows that are final by now, and say so, without moving the watermark of shard or path', async () => {
    const path = await preparedRunPath(database, 'final');
    await count(path, [minutes(0, 'a', 1)], [minutes(15, 'a', 3)]);
    const watermarks = `select watermark::text, (select now::text from path_watermark) as path from shard_checkpoint`;
    const before = await path.query(watermarks);

    await redriven(path, [minutes(1, 'b', 2)]);

    expect(await path.query(watermarks)).toEqual(before);
    expect(await path.query('select late::int, after_final::int from ledger order by id desc limit 1')).toEqual([
      { late: 0, after_final: 1 },
    ]);
    expect(await readHosts(path)).toContain('2026-01-31 12:00:00 b 1');
  });
});

describe('a discarded batch that the path has not passed', () => {
  it('moves the checkpoint where nothing lies between, so that the mapping brings it in vain', async () => {
    const path = await preparedRunPath(database, 'last');
    await count(path, records(1, 3));

    const refused = await redriven(path, records(4, 6));
    const taken = await redriven(path, records(4, 6), { after: sequenceNumber(3) });

    expect(refused).toMatchObject({
      counted: 0,
      alreadyCounted: 0,
      ahead: { first: sequenceNumber(4), records: 3, checkpoint: sequenceNumber(3) },
    });
    expect(taken).toMatchObject({ counted: 3, ahead: null });
    expect((await checkpointOf(path))?.sequenceNumber).toBe(sequenceNumber(6));
    await count(path, records(7, 7));
    expect(await redriven(path, records(4, 6))).toMatchObject({ counted: 0, alreadyCounted: 3 });
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 7']);
  });

  it('is left to the mapping where that still has to bring what lies between: nothing of it is lost', async () => {
    const path = await preparedRunPath(database, 'between');
    await count(path, records(1, 3));
    const before = await readAllTables(path);

    const answers = [
      await redriven(path, records(6, 8)),
      await redriven(path, records(6, 8), { after: sequenceNumber(5) }),
    ];

    expect(answers).toMatchObject([{ counted: 0 }, { counted: 0 }]);
    expect(await readAllTables(path)).toEqual(before);
    await count(path, records(4, 8));
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 8']);
  });

  it('is counted from the checkpoint on where it begins behind it', async () => {
    const path = await preparedRunPath(database, 'astride');
    await count(path, records(1, 3));

    expect(await redriven(path, records(2, 6))).toMatchObject({ counted: 3, alreadyCounted: 2, ahead: null });

    expect((await checkpointOf(path))?.sequenceNumber).toBe(sequenceNumber(6));
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 6']);
  });

  it.each([
    ['registered', [SHARD]],
    ['unknown', []],
  ])('is counted where its shard is %s and begins with it', async (name, shardIds) => {
    const path = await preparedRunPath(database, name, { shardIds });

    const refused = await redriven(path, records(1, 3));
    const taken = await redriven(path, records(1, 3), { after: null });

    expect([refused.counted, taken.counted]).toEqual([0, 3]);
    expect(refused.ahead).toEqual({ first: sequenceNumber(1), records: 3, checkpoint: null });
    await count(path, records(4, 4));
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 4']);
  });

  it('fills the gap that an older one left, when that is redriven after it', async () => {
    const path = await preparedRunPath(database, 'order');
    await count(path, records(1, 1));

    await redriven(path, records(4, 5), { after: sequenceNumber(1) }); // what lay between has expired, say
    expect(await redriven(path, records(2, 3))).toMatchObject({ counted: 2 });
    expect(await redriven(path, records(2, 5))).toMatchObject({ counted: 0 });

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 5']);
  });
});

describe('a batch to redrive', () => {
  it('is refused where its stream is not counted here', async () => {
    const elsewhere = { database, stream: 'orders' };
    await expect(redriven(elsewhere, records(1, 1))).rejects.toThrow("Unknown stream 'orders'");
    await expect(redriven({ database, stream: 'test-run-gone' }, records(1, 1))).rejects.toThrow(
      "No tables for stream 'test-run-gone'",
    );
  });
});

describe('the micro-batch function', () => {
  it('takes records to redrive beside batches, and goes on from where they left the shard', async () => {
    const path = await preparedRunPath(database, 'handler');
    const handler = await startEnvironment('micro-batch', db.url);
    const event = (from: number, to: number) => kinesisEvent(path.stream, SHARD, records(from, to));
    await handler(event(1, 2), context());
    await handler(event(5, 6), context());

    const gap = await handler({ redrive: event(3, 4) }, context());
    const ahead = await handler({ redrive: { ...event(7, 8), after: sequenceNumber(6) } }, context());
    await handler(event(7, 9), context());

    expect([gap.counted, ahead.counted]).toEqual([2, 2]);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 9']);
    expect(log.filter((line) => line.includes('CloudWatchMetrics'))).toEqual([]);
  });

  it('writes metrics of what it redrives of the deployed stream', async () => {
    const path = await preparedPath(database, { schema: 'micro_batch' });
    const handler = await startEnvironment('micro-batch', db.url);
    await count(path, records(1, 1), records(3, 3));

    await handler({ redrive: kinesisEvent(path.stream, SHARD, records(2, 2)) }, context());

    const metrics = log.filter((line) => line.includes('CloudWatchMetrics'));
    expect(metrics.map((line) => JSON.parse(line))).toMatchObject([{ Path: 'micro-batch', Events: 1 }]);
  });
});
