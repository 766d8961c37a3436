import { describe, expect, it } from 'vitest';
import type { CountRow } from '#functions/core/aggregations.ts';
import { readCounts } from '#functions/store/read-counts.ts';
import { eventAt, MINUTE_MS, NOON_MS, streamRecord } from '../support/records.ts';
import { tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath, type TestPath } from '../support/test-path.ts';

const db = useDatabase();

async function allCounts(path: TestPath): Promise<{ rows: CountRow[]; pages: number }> {
  const all: CountRow[] = [];
  for (let pages = 1; ; pages++) {
    const { rows, more } = await path.database.within(path.schema, (session) =>
      readCounts(session, 'byHost', all.at(-1) ?? null),
    );
    all.push(...rows);
    if (!more) return { rows: all, pages };
  }
}

async function allSources(path: TestPath): Promise<{ rows: CountRow<'bySource'>[]; pages: number }> {
  const all: CountRow<'bySource'>[] = [];
  for (let pages = 1; ; pages++) {
    const page = await path.database.within(path.schema, (session) =>
      readCounts(session, 'bySource', all.at(-1) ?? null),
    );
    all.push(...page.rows);
    if (!page.more) return { rows: all, pages };
  }
}

/** In the order of the keys' bytes, a null referrer last. */
function inKeyOrder(a: CountRow<'bySource'>, b: CountRow<'bySource'>): number {
  if (a.windowStartMs !== b.windowStartMs) return a.windowStartMs - b.windowStartMs;
  if (a.host !== b.host) return Buffer.compare(Buffer.from(a.host), Buffer.from(b.host));
  if (a.referrer === null || b.referrer === null) return (a.referrer === null ? 1 : 0) - (b.referrer === null ? 1 : 0);
  return Buffer.compare(Buffer.from(a.referrer), Buffer.from(b.referrer));
}

describe('pages of counts', () => {
  it('are one empty page where nothing is counted', async () => {
    const path = await preparedPath(db.open());
    expect(await allCounts(path)).toEqual({ rows: [], pages: 1 });
    expect(await allSources(path)).toEqual({ rows: [], pages: 1 });
  });

  it('hold hostile keys as they are, in the order of their bytes', async () => {
    const keys = ['', "'", '\\', '😀', 'Z', 'a', 'é', '\u0001', '__proto__', '\uffff'];
    const path = await preparedPath(db.open());
    const lines = keys.flatMap((key) => [
      eventAt(NOON_MS, key, null),
      eventAt(NOON_MS, key, ''),
      eventAt(NOON_MS - MINUTE_MS, key, key),
    ]);
    await path.commit(tallyOf([streamRecord(lines)]));

    const { rows } = await allSources(path);

    const expected = keys.flatMap((host) => [
      { windowStartMs: NOON_MS, host, referrer: null, hits: '1' },
      { windowStartMs: NOON_MS, host, referrer: '', hits: '1' },
      { windowStartMs: NOON_MS - 5 * MINUTE_MS, host, referrer: host, hits: '1' },
    ]);
    expect(rows).toEqual(expected.sort(inKeyOrder));
  });

  it('cover every row exactly once where a page ends by its bytes, null referrers at the seams too', async () => {
    // 800,000 bytes a page: 751 rows of 1,004 + 60, and 735 of 1,004 + 80 or, with the referrer, 1,005 + 80.
    const path = await preparedPath(db.open());
    const hosts = Array.from({ length: 900 }, (_, i) => `${String(i).padStart(4, '0')}${'x'.repeat(1000)}`);
    const lines = hosts.flatMap((host) => [eventAt(NOON_MS, host, null), eventAt(NOON_MS, host, 'r')]);
    await path.commit(tallyOf([streamRecord(lines)]));

    const byHost = await allCounts(path);
    const bySource = await allSources(path);

    expect(byHost.pages).toBe(2);
    expect(byHost.rows.map((row) => row.host)).toEqual(hosts);
    expect(bySource.pages).toBe(3);
    expect(bySource.rows.map(({ host, referrer }) => [host, referrer])).toEqual(
      hosts.flatMap((host) => [
        [host, 'r'],
        [host, null],
      ]),
    );
  });

  it('cover every row exactly once where keys are small and many', async () => {
    const path = await preparedPath(db.open());
    await path.query(
      `insert into processed_events_aggregated_source
       select '2026-01-31 12:00', 'h' || g / 3, case g % 3 when 0 then null else 'r' || g % 3 end, g from generate_series(0, 20500) g`,
    );
    await path.query(
      `insert into processed_events_aggregated select '2026-01-31 12:00', 'h' || g, g from generate_series(1, 20001) g`,
    );

    const byHost = await allCounts(path);
    const bySource = await allSources(path);

    expect([byHost.pages, byHost.rows.length, new Set(byHost.rows.map((row) => row.host)).size]).toEqual([
      2, 20_001, 20_001,
    ]);
    expect([bySource.pages, bySource.rows.length]).toEqual([3, 20_501]);
    expect(new Set(bySource.rows.map(({ host, referrer }) => `${host} ${referrer}`)).size).toBe(20_501);
    expect([...bySource.rows].sort(inKeyOrder)).toEqual(bySource.rows);
  });

  it('give hits as text: they go beyond 2^53', async () => {
    const path = await preparedPath(db.open());
    await path.query(`insert into processed_events_aggregated values ('1969-12-31 23:55', 'a', 9223372036854775807)`);

    const { rows } = await allCounts(path);

    expect(rows).toEqual([{ windowStartMs: -300_000, host: 'a', hits: '9223372036854775807' }]);
  });
});
