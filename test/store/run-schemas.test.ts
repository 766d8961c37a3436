import { describe, expect, it } from 'vitest';
import { BOTH_PATHS } from '#functions/core/paths.ts';
import { readLedger } from '#functions/store/read-ledger.ts';
import { readProgress, readTotals } from '#functions/store/read-totals.ts';
import { dropRun, listRuns, runSchema } from '#functions/store/schemas.ts';
import { eventAt, MINUTE_MS, NOON_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { SETTINGS } from '../support/settings.ts';
import { SHARD, tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath } from '../support/test-path.ts';

const db = useDatabase();

describe("a run's schemas", () => {
  it('are listed by run while they are there, and dropped together, counts and all', async () => {
    const database = db.open();
    for (const run of ['aaaa', 'bbbb']) {
      for (const path of BOTH_PATHS) await preparedPath(database, { path, schema: runSchema(run, path) });
    }
    await preparedPath(database, { schema: 'micro_batch' });
    await database.within(null, (session) => session.query({ text: 'create schema run_no_micro_batch_of_ours' }));
    expect(await database.within(null, listRuns)).toEqual(['aaaa', 'bbbb']);

    const dropped = await database.within(null, (session) => dropRun(session, 'aaaa'));

    expect(dropped).toEqual(['run_aaaa_micro_batch', 'run_aaaa_scheduled_batch']);
    expect(await database.within(null, listRuns)).toEqual(['bbbb']);
    expect(await database.within(null, (session) => dropRun(session, 'aaaa'))).toEqual([]);
    await preparedPath(database, { schema: 'micro_batch' }); // the deployed path's is untouched
  });
});

describe('what a run reads of its path', () => {
  async function countedPath() {
    const settings = { ...SETTINGS, latePolicy: 'drop' as const };
    const path = await preparedPath(db.open(), { shardIds: [SHARD, 'silent'], settings });
    const arrivalMs = NOON_MS + 6 * MINUTE_MS;
    const lines = [eventAt(NOON_MS, 'a'), eventAt(NOON_MS + 315_000, 'a', 'x'), eventAt(NOON_MS, 'b'), '{broken'];
    await path.commit(tallyOf([streamRecord(lines, { n: 1, arrivalMs })], { settings }));
    return path;
  }

  it('is every term of the sum, and how many windows are still open', async () => {
    const path = await countedPath();

    const totals = await path.database.within(path.schema, readTotals);

    expect(totals).toEqual({
      hits: { byHost: 2, bySource: 2 },
      events: 2,
      quarantined: 1,
      late: 1,
      dropped: 1,
      afterFinal: 0,
      rowsFinal: 4,
      rowsWritten: 4,
      windows: 2,
      openWindows: 2, // the silent shard holds the path back
      watermarkMs: null,
    });
  });

  it('is where each shard stands, in text', async () => {
    const path = await countedPath();

    const progress = await path.database.within(path.schema, readProgress);

    expect(progress).toEqual({
      checkpoints: { [SHARD]: sequenceNumber(1), silent: null },
      events: 2,
      commits: 1,
      watermarkMs: null,
    });
  });

  it('is the ledger in pages that cover every row once', async () => {
    const path = await countedPath();
    await path.query(`insert into ledger (stream, request_id, cold, started, committed, shard_ids, checkpoints_before,
        first_sequence_numbers, last_sequence_numbers, watermarks, records, events, bytes, rows_written, rows_fresh, late, dropped,
        after_final, quarantined, memory_mb, cpu_ms, read_wait_ms, database_wait_ms, arrival_width_ms, arrival_buckets, arrival_events)
      select stream, 'r' || g, cold, started, committed, array_fill('s'::text, array[20]), checkpoints_before,
        first_sequence_numbers, last_sequence_numbers, watermarks, records, events, bytes, rows_written, rows_fresh, late, dropped,
        after_final, quarantined, memory_mb, cpu_ms, read_wait_ms, database_wait_ms, arrival_width_ms, arrival_buckets, arrival_events
      from ledger, generate_series(2, 801) g`);
    const ids: string[] = [];
    let pages = 0;

    for (let more = true; more; pages++) {
      const page = await path.database.within(path.schema, (session) => readLedger(session, ids.at(-1) ?? '0'));
      ids.push(...page.rows.map((row) => row.id));
      more = page.more;
    }

    expect(pages).toBe(2); // 801 rows of about 6 KB, and 3 MB a page
    expect(ids).toEqual(Array.from({ length: 801 }, (_, i) => String(i + 1)));
  });
});
