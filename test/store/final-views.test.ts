import { describe, expect, it } from 'vitest';
import { eventAt, MINUTE_MS, NOON_MS, SECOND_MS, streamRecord } from '../support/records.ts';
import { tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath, type TestPath } from '../support/test-path.ts';

const db = useDatabase();

/** Windows at 12:00 and 12:05, with the watermark `pastMs` behind the first one's end. */
async function twoWindows(pastMs: number): Promise<TestPath> {
  const path = await preparedPath(db.open());
  const secondMs = NOON_MS + 5 * MINUTE_MS + 15 * SECOND_MS + pastMs;
  const lines = [eventAt(NOON_MS, 'a', 'x'), eventAt(NOON_MS, 'b'), eventAt(secondMs, 'a', 'x')];
  await path.commit(tallyOf([streamRecord(lines, { arrivalMs: secondMs })]));
  return path;
}

function starts(path: TestPath, view: string): Promise<{ row: string }[]> {
  return path.query(`select concat_ws(' ', event_hour::time, host, num_hits) as row from ${view} order by 1`);
}

describe('the views of final and of open windows', () => {
  it('make a window final when the watermark reaches its end', async () => {
    const path = await twoWindows(0);

    expect(await starts(path, 'processed_events_aggregated_final')).toEqual([
      { row: '12:00:00 a 1' },
      { row: '12:00:00 b 1' },
    ]);
    expect(await starts(path, 'processed_events_aggregated_open')).toEqual([{ row: '12:05:00 a 1' }]);
    expect(await starts(path, 'processed_events_aggregated_source_final')).toHaveLength(2);
    expect(await starts(path, 'processed_events_aggregated_source_open')).toHaveLength(1);
  });

  it('leave it open a millisecond before', async () => {
    const path = await twoWindows(-1);

    expect(await starts(path, 'processed_events_aggregated_final')).toEqual([]);
    expect(await starts(path, 'processed_events_aggregated_open')).toHaveLength(3);
    expect(await starts(path, 'processed_events_aggregated_source_open')).toHaveLength(3);
  });

  it('leave every window open while the path has no watermark', async () => {
    const path = await twoWindows(0);
    await path.query('update shard_checkpoint set watermark = null, path_watermark = null');

    expect(await starts(path, 'processed_events_aggregated_final')).toEqual([]);
    expect(await starts(path, 'processed_events_aggregated_open')).toHaveLength(3);
    expect(await path.query('select final from window_status')).toEqual([{ final: false }, { final: false }]);
  });

  it('sum a window up: its end, its hosts, its hits', async () => {
    const path = await twoWindows(0);

    const rows = await path.query(
      `select event_hour::time as start, window_end::time as end, hosts::int, num_hits::int as hits, final
       from window_status order by 1`,
    );

    expect(rows).toEqual([
      { start: '12:00:00', end: '12:05:00', hosts: 2, hits: 2, final: true },
      { start: '12:05:00', end: '12:10:00', hosts: 1, hits: 1, final: false },
    ]);
  });
});
