import { describe, expect, it } from 'vitest';
import { context, DEPLOYED, prepareRun, startEnvironment } from '../support/environments.ts';
import { eventAt, MINUTE_MS, NOON_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { SETTINGS } from '../support/settings.ts';
import { SHARD, tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath } from '../support/test-path.ts';

const db = useDatabase();
const start = () => startEnvironment('results', db.url);

describe('the results handler', () => {
  it('prepares a run, reads it back in every way, and drops it', async () => {
    const results = await start();
    const run = 'full';
    const schemas = { microBatch: 'run_full_micro_batch', scheduledBatch: 'run_full_scheduled_batch' };
    expect(await results(prepareRun(run), context())).toEqual({ schemas });
    expect(await results(prepareRun(run), context())).toEqual({ schemas });
    const registered = await results(
      { action: 'register', run, stream: 'test-run-full', shardIds: ['child'] },
      context(),
    );
    expect(registered).toEqual({ registered: 1 });
    const path = await preparedPath(db.open(), { schema: schemas.microBatch, stream: 'test-run-full' });
    await path.commit(tallyOf([streamRecord([eventAt(NOON_MS, 'a', 'x'), '{broken'])]));

    expect(await results({ action: 'progress', run }, context())).toEqual({
      microBatch: {
        checkpoints: { [SHARD]: sequenceNumber(1), child: null },
        events: 1,
        commits: 1,
        watermarkMs: null,
      },
      scheduledBatch: { checkpoints: { [SHARD]: null, child: null }, events: 0, commits: 0, watermarkMs: null },
    });
    expect(await results({ action: 'verify', run }, context())).toMatchObject({
      microBatch: { hits: { byHost: 1, bySource: 1 }, events: 1, quarantined: 1, rowsFinal: 2, openWindows: 1 },
      scheduledBatch: { hits: { byHost: 0, bySource: 0 }, events: 0, quarantined: 0, rowsFinal: 0, openWindows: 0 },
    });
    const row = { windowStartMs: NOON_MS, host: 'a', hits: '1' };
    const ofMicroBatch = { run, path: 'microBatch' } as const;
    expect(await results({ action: 'counts', ...ofMicroBatch, aggregation: 'byHost', after: null }, context())).toEqual(
      {
        rows: [row],
        more: false,
      },
    );
    expect(await results({ action: 'counts', ...ofMicroBatch, aggregation: 'byHost', after: row }, context())).toEqual({
      rows: [],
      more: false,
    });
    expect(
      await results({ action: 'counts', ...ofMicroBatch, aggregation: 'bySource', after: null }, context()),
    ).toEqual({
      rows: [{ ...row, referrer: 'x' }],
      more: false,
    });
    expect(await results({ action: 'quarantine', ...ofMicroBatch, limit: 5 }, context())).toMatchObject({
      lines: [{ reason: 'invalid_json', position: 2 }],
    });
    expect(await results({ action: 'ledger', ...ofMicroBatch, afterId: '0' }, context())).toMatchObject({
      rows: [{ id: '1', events: 1 }],
      more: false,
    });
    expect(await results({ action: 'runs' }, context())).toEqual({ runs: ['full'] });
    expect(await results({ action: 'drop', run }, context())).toEqual({ dropped: Object.values(schemas) });
    expect(await results({ action: 'runs' }, context())).toEqual({ runs: [] });
  });

  it.each(['select', '', '__proto__', 'constructor', 'toString'])(
    'refuses the action %j and names those there are',
    async (action) => {
      const results = await start();
      await expect(results({ action, run: 'abcd' } as never, context())).rejects.toThrow(
        `Unknown action '${action}': expected one of prepare, register, progress, verify, status, counts`,
      );
    },
  );

  it.each(['', 'abc', 'ABCD', 'a"; drop schema public cascade; --'])(
    'refuses the run %j in every action that takes one',
    async (run) => {
      const results = await start();
      const path = 'microBatch' as const;
      const requests = [
        prepareRun(run),
        { action: 'register', run, stream: `test-run-${run}`, shardIds: [] },
        { action: 'progress', run },
        { action: 'verify', run },
        { action: 'counts', run, path, aggregation: 'byHost', after: null },
        { action: 'counts', run, path, aggregation: 'bySource', after: null },
        { action: 'quarantine', run, path, limit: 1 },
        { action: 'ledger', run, path, afterId: '0' },
        { action: 'drop', run },
      ];
      for (const request of requests) {
        await expect(results(request as never, context()), request.action).rejects.toThrow(`Invalid run '${run}'`);
      }
    },
  );

  it('tells how the deployed stream stands, its lines in quarantine and its ledger, for the paths that are deployed', async () => {
    const results = await startEnvironment('results', db.url, { PATHS: 'micro-batch' });
    const path = await preparedPath(db.open(), { schema: 'micro_batch', stream: DEPLOYED.stream });
    await path.commit(tallyOf([streamRecord([eventAt(NOON_MS, 'a', 'x'), '{broken'])]));

    const status = await results({ action: 'status' }, context());
    expect(Object.keys(status)).toEqual(['microBatch']);
    expect(status.microBatch).toMatchObject({
      checkpoints: { [SHARD]: sequenceNumber(1) },
      events: 1,
      commits: 1,
      quarantined: 1,
      hits: { byHost: 1 },
    });
    const deployed = { run: null, path: 'microBatch' } as const;
    expect(
      (await results({ action: 'counts', ...deployed, aggregation: 'byHost', after: null }, context())).rows,
    ).toHaveLength(1);
    expect((await results({ action: 'quarantine', ...deployed, limit: 5 }, context())).lines).toHaveLength(1);
    expect((await results({ action: 'ledger', ...deployed, afterId: '0' }, context())).rows).toHaveLength(1);
    const other = { action: 'ledger', run: null, path: 'scheduledBatch', afterId: '0' } as const;
    await expect(results(other, context())).rejects.toThrow("Path 'scheduledBatch' isn't deployed");
  });

  it.each(['ledger', '__proto__', 'processed_events_aggregated'])('refuses the aggregation %j', async (aggregation) => {
    const results = await start();
    const request = { action: 'counts', run: 'abcd', path: 'microBatch', aggregation, after: null };
    await expect(results(request as never, context())).rejects.toThrow(
      `Unknown aggregation '${aggregation}': expected one of byHost, bySource`,
    );
  });

  it('refuses a path that there is not', async () => {
    const results = await start();
    await expect(
      results(
        { action: 'counts', run: 'abcd', path: 'public; --', aggregation: 'byHost', after: null } as never,
        context(),
      ),
    ).rejects.toThrow("Unknown path 'public; --': expected one of microBatch, scheduledBatch");
  });

  it.each(['prepare', 'register'] as const)("refuses to %s a run on a stream that isn't its own", async (action) => {
    const results = await start();
    for (const stream of ['events', 'test-run-efgh']) {
      await expect(results({ ...prepareRun('abcd'), action, stream }, context())).rejects.toThrow(
        `Stream '${stream}' isn't run 'abcd': expected 'test-run-abcd'`,
      );
    }
  });

  it('prepares no run in a stack that was not deployed for benchmarks', async () => {
    const results = await startEnvironment('results', db.url, { BENCHMARK: 'false' });
    await expect(results(prepareRun('abcd'), context())).rejects.toThrow(
      "Stack 'Test' allows no benchmark runs: deploy it with -c benchmark=true",
    );
    expect(await results({ action: 'runs' }, context())).toEqual({ runs: [] });
  });

  it('refuses settings out of range before it makes tables', async () => {
    const results = await start();
    const settings = { ...SETTINGS, windowMs: 7 * MINUTE_MS + 1 };
    await expect(results({ ...prepareRun('bads'), settings }, context())).rejects.toThrow(
      "Invalid setting windowMs '420001'",
    );
    expect(await results({ action: 'runs' }, context())).toEqual({ runs: [] });
  });

  it('leaves no connection behind where the work fails', async () => {
    const results = await start();
    await expect(results({ action: 'verify', run: 'nowhere' }, context())).rejects.toMatchObject({ code: '42P01' });
    expect(await db.connections()).not.toContain('tidemark results');
  });
});
