import pg from 'pg';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runSchema } from '#functions/store/schemas.ts';
import { captureLog, context, DEPLOYED, MICRO_BATCH_CONNECTION, startEnvironment } from '../support/environments.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';
import { readAllTables, readHosts } from '../support/path-tables.ts';
import { eventAt, kinesisEvent, NOON_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { stubKinesis } from '../support/stubbed-kinesis.ts';
import { SHARD } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath } from '../support/test-path.ts';

const db = useDatabase({ keptOpenBy: MICRO_BATCH_CONNECTION });
const NOTHING_FAILED = { batchItemFailures: [] };
let log: string[];

beforeEach(() => {
  stubKinesis({ [SHARD]: [] });
  log = captureLog();
});

function preparedRun(run: string) {
  return preparedPath(db.open(), { schema: runSchema(run, 'microBatch'), stream: `${DEPLOYED.runPrefix}${run}` });
}

function batch(run: string, from: number, to: number, { shardId = SHARD, host = 'a' } = {}) {
  const records = Array.from({ length: to - from + 1 }, (_, i) =>
    streamRecord(eventAt(NOON_MS, host), { n: from + i }),
  );
  return kinesisEvent(`${DEPLOYED.runPrefix}${run}`, shardId, records);
}

describe('the micro-batch handler', () => {
  it('counts batch after batch, and says that nothing failed', async () => {
    const path = await preparedRun('steady');
    const handler = await startEnvironment('micro-batch', db.url);

    for (const [from, to] of [
      [1, 3],
      [4, 4],
      [5, 9],
    ] as const) {
      expect(await handler(batch('steady', from, to), context())).toEqual(NOTHING_FAILED);
    }

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 9']);
    expect(await path.query('select cold from ledger order by id')).toEqual([
      { cold: true },
      { cold: false },
      { cold: false },
    ]);
    expect(JSON.parse(log[0] ?? '')).toEqual({
      type: 'tidemark.invocation',
      requestId: 'a-request',
      stream: 'test-run-steady',
    });
  });

  it('asks the database once a batch while it is warm', async () => {
    await preparedRun('onetrip');
    const handler = await startEnvironment('micro-batch', db.url);
    await handler(batch('onetrip', 1, 3), context());
    const queries = vi.spyOn(pg.Client.prototype, 'query');

    await handler(batch('onetrip', 4, 6), context());
    await handler(batch('onetrip', 7, 9), context());

    expect(queries).toHaveBeenCalledTimes(2);
    queries.mockRestore();
  });

  it('drops what is counted from a batch that overlaps, and counts the rest', async () => {
    const path = await preparedRun('overlap');
    const handler = await startEnvironment('micro-batch', db.url);
    await handler(batch('overlap', 1, 3), context());

    expect(await handler(batch('overlap', 2, 5), context())).toEqual(NOTHING_FAILED);

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 5']);
    expect(
      await path.query('select first_sequence_numbers::text[] as first from ledger order by id desc limit 1'),
    ).toEqual([{ first: [sequenceNumber(4)] }]);
  });

  it('finds out that another environment has moved the shard, and counts what is left', async () => {
    const path = await preparedRun('moved');
    const [one, other] = [await startEnvironment('micro-batch', db.url), await startEnvironment('micro-batch', db.url)];
    await one(batch('moved', 1, 2), context());
    await other(batch('moved', 3, 4), context());

    expect(await one(batch('moved', 3, 6), context())).toEqual(NOTHING_FAILED);

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 6']);
  });

  it('answers success and writes nothing where all of a batch is counted already', async () => {
    const path = await preparedRun('again');
    const [one, other] = [await startEnvironment('micro-batch', db.url), await startEnvironment('micro-batch', db.url)];
    await one(batch('again', 1, 3), context());
    await other(batch('again', 4, 4), context());
    const before = await readAllTables(path);

    for (const handler of [one, other]) {
      expect(await handler(batch('again', 1, 4), context())).toEqual(NOTHING_FAILED);
    }

    expect(await readAllTables(path)).toEqual(before);
  });

  it('asks the database before it believes that a batch is counted: its tables may be new', async () => {
    const path = await preparedRun('renewed');
    const handler = await startEnvironment('micro-batch', db.url);
    await handler(batch('renewed', 1, 3), context());
    await path.query('truncate processed_events_aggregated, processed_events_aggregated_source, ledger');
    await path.query('update shard_checkpoint set sequence_number = null');

    await handler(batch('renewed', 1, 3), context());

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 3']);
  });

  it('counts every record once where two environments are given the same batches at once', async () => {
    const path = await preparedRun('zombie');
    const [one, other] = [await startEnvironment('micro-batch', db.url), await startEnvironment('micro-batch', db.url)];

    for (let n = 1; n <= 20; n += 2) {
      const both = await Promise.all([
        one(batch('zombie', n, n + 1), context()),
        other(batch('zombie', n, n + 1), context()),
      ]);
      expect(both).toEqual([NOTHING_FAILED, NOTHING_FAILED]);
    }

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 20']);
  });

  it('keeps streams and shards apart in one environment, on one connection', async () => {
    const [left, right] = [await preparedRun('left'), await preparedRun('right')];
    const handler = await startEnvironment('micro-batch', db.url);

    for (const n of [1, 2, 3]) {
      await handler(batch('left', n, n, { host: 'l' }), context());
      await handler(batch('right', n, n, { host: 'r' }), context());
      await handler(batch('left', n, n, { host: 'l', shardId: 'unregistered' }), context());
    }

    expect(await readHosts(left)).toEqual(['2026-01-31 12:00:00 l 6']);
    expect(await readHosts(right)).toEqual(['2026-01-31 12:00:00 r 3']);
  });

  it('answers success where the answer to its COMMIT was lost, and has counted once', async () => {
    const path = await preparedRun('lost');
    const proxy = await startFaultyProxy(db.url);
    const handler = await startEnvironment('micro-batch', proxy.url);
    await handler(batch('lost', 1, 1), context());
    proxy.arm('cut-after');

    expect(await handler(batch('lost', 2, 3), context())).toEqual(NOTHING_FAILED);
    expect(await handler(batch('lost', 4, 4), context())).toEqual(NOTHING_FAILED);

    expect(proxy.faults()).toBe(1);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 4']);
    await proxy.close();
  });

  it('counts a large record and the small ones around it, from the buffer that all of them share', async () => {
    const path = await preparedRun('large');
    const handler = await startEnvironment('micro-batch', db.url);
    const sizes = [1, 2000, 3, 0, 1];
    const records = sizes.map((events, i) =>
      streamRecord(events === 0 ? '' : Array.from({ length: events }, () => eventAt(NOON_MS, 'a', `r${i}`)), {
        n: i + 1,
      }),
    );

    await handler(kinesisEvent('test-run-large', SHARD, records), context());

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 2005']);
    expect(await path.query('select 1 from quarantine')).toEqual([]);
  });

  it('fails as a whole where the database refuses, and has changed nothing', async () => {
    const path = await preparedRun('refused');
    await path.query(`create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'disk full' using errcode = '53100'; end $$`);
    await path.query('create trigger refuse before insert on ledger for each row execute function refuse()');
    const handler = await startEnvironment('micro-batch', db.url);
    const before = await readAllTables(path);

    await expect(handler(batch('refused', 1, 2), context())).rejects.toThrow('disk full');
    expect(await readAllTables(path)).toEqual(before);
    await path.query('drop trigger refuse on ledger');
    expect(await handler(batch('refused', 1, 2), context())).toEqual(NOTHING_FAILED);

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 2']);
  });

  it('refuses a stream that is not of this deployment, and says what to do', async () => {
    const handler = await startEnvironment('micro-batch', db.url);
    await expect(handler(kinesisEvent('orders', SHARD, [streamRecord('{}')]), context())).rejects.toThrow(
      "Unknown stream 'orders': expected 'events' or 'test-run-<id>'; remove the mapping that reads it",
    );
  });

  it('has nothing to do for an event without records, and asks no database for it', async () => {
    const handler = await startEnvironment('micro-batch', 'postgres://nobody@127.0.0.1:1/nowhere');
    expect(await handler({ Records: [] }, context())).toEqual(NOTHING_FAILED);
  });
});

describe('what the micro-batch handler tells the alarms', () => {
  const metrics = () => log.map((line) => JSON.parse(line)).filter((line) => '_aws' in line);

  it('is each commit of the deployed stream, and nothing of a batch that was counted before', async () => {
    await preparedPath(db.open(), { schema: 'micro_batch', stream: DEPLOYED.stream });
    const handler = await startEnvironment('micro-batch', db.url);
    const records = [streamRecord([eventAt(NOON_MS), '{broken'], { n: 1 }), streamRecord(eventAt(NOON_MS), { n: 2 })];

    await handler(kinesisEvent(DEPLOYED.stream, SHARD, records), context());
    await handler(kinesisEvent(DEPLOYED.stream, SHARD, records), context());

    expect(metrics()).toMatchObject([
      { Stack: 'Test', Path: 'micro-batch', Commits: 1, Events: 2, RowsWritten: 2, QuarantinedLines: 1 },
    ]);
  });

  it("is nothing of a run's", async () => {
    await preparedRun('quiet');
    const handler = await startEnvironment('micro-batch', db.url);
    await handler(batch('quiet', 1, 3), context());
    expect(metrics()).toEqual([]);
  });
});
