import { describe, expect, it } from 'vitest';
import { readHosts, readSources } from '../support/path-tables.ts';
import { eventAt, MINUTE_MS, NOON_MS, streamRecord } from '../support/records.ts';
import { SETTINGS } from '../support/settings.ts';
import { tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath } from '../support/test-path.ts';

const db = useDatabase();

describe('the two aggregations', () => {
  it('count per window and host, and per window, host and referrer', async () => {
    const path = await preparedPath(db.open());
    const lines = [
      eventAt(NOON_MS, 'a', 'x'),
      eventAt(NOON_MS + 5 * MINUTE_MS - 1, 'a', 'x'),
      eventAt(NOON_MS + 5 * MINUTE_MS, 'a', 'x'),
      eventAt(NOON_MS, 'b', 'x'),
    ];

    await path.commit(tallyOf([streamRecord(lines, { arrivalMs: NOON_MS + 6 * MINUTE_MS })]));

    expect(await readHosts(path)).toEqual([
      '2026-01-31 12:00:00 a 2',
      '2026-01-31 12:00:00 b 1',
      '2026-01-31 12:05:00 a 1',
    ]);
    expect(await readSources(path)).toEqual([
      '2026-01-31 12:00:00 a x 2',
      '2026-01-31 12:00:00 b x 1',
      '2026-01-31 12:05:00 a x 1',
    ]);
  });

  it('make one group of null referrers, in one batch and over several, and another of empty ones', async () => {
    const path = await preparedPath(db.open());
    const lines = [eventAt(NOON_MS, 'a', null), eventAt(NOON_MS, 'a', ''), eventAt(NOON_MS, 'a', null)];
    const first = tallyOf([streamRecord(lines, { n: 1 })]);
    await path.commit(first);

    await path.commit(tallyOf([streamRecord(lines, { n: 2 })], { from: first.shard.reached }));

    expect(await readSources(path)).toEqual([`2026-01-31 12:00:00 a '' 2`, '2026-01-31 12:00:00 a <null> 4']);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 6']);
  });

  it('keep windows that start before 1970, in year 1 and in year 9999 as they are', async () => {
    const path = await preparedPath(db.open());
    const times = [
      '0001-01-02T00:00:00Z',
      '1969-12-31T23:59:59.999Z',
      '1970-01-01T00:00:00Z',
      '9999-12-31T23:59:59.999Z',
    ];
    const lines = times.map((event_time) => ({ event_time, host: 'a' }));

    await path.commit(tallyOf([streamRecord(lines, { arrivalMs: Date.parse('9999-12-31T23:59:59.999Z') })]));

    expect(await readHosts(path)).toEqual([
      '0001-01-02 00:00:00 a 1',
      '1969-12-31 23:55:00 a 1',
      '1970-01-01 00:00:00 a 1',
      '9999-12-31 23:55:00 a 1',
    ]);
  });

  it('keep the hour that does not exist, and the one that comes twice, in New York', async () => {
    const path = await preparedPath(db.open());
    const times = ['2026-03-08T02:30:00Z', '2025-11-02T05:30:00Z', '2025-11-02T06:30:00Z'];
    const lines = times.map((event_time) => ({ event_time, host: 'a' }));

    await path.commit(tallyOf([streamRecord(lines, { arrivalMs: Date.parse('2026-03-08T02:30:00Z') })]));

    expect(await readHosts(path)).toEqual([
      '2025-11-02 05:30:00 a 1',
      '2025-11-02 06:30:00 a 1',
      '2026-03-08 02:30:00 a 1',
    ]);
  });

  it('align windows of 7 minutes to the epoch', async () => {
    const settings = { ...SETTINGS, windowMs: 7 * MINUTE_MS };
    const path = await preparedPath(db.open(), { settings });

    await path.commit(tallyOf([streamRecord(eventAt(NOON_MS, 'a'))], { settings }));

    // 2026-01-31T12:00Z is minute 29,497,680 of the epoch: 4,213,954 windows of 7 minutes and 2 minutes.
    expect(await readHosts(path)).toEqual(['2026-01-31 11:58:00 a 1']);
  });
});

describe('keys that hurt', () => {
  const keys = [
    '',
    ' ',
    "'; drop table ledger; --",
    '__proto__',
    'constructor',
    '{a,"b"}',
    'NULL',
    '\\N',
    '😀',
    'é',
    'e\u0301',
    '\t\n\r',
    '\u0001',
  ];

  it('are counted exactly, each as it is, as a host and as a referrer', async () => {
    const path = await preparedPath(db.open());
    const lines = keys.flatMap((key) => [eventAt(NOON_MS, key, key), eventAt(NOON_MS, key, key)]);

    await path.commit(tallyOf([streamRecord(lines)]));

    const rows = await path.query<{ host: string; referrer: string; hits: string }>(
      'select host, referrer, num_hits as hits from processed_events_aggregated_source',
    );
    expect(new Map(rows.map(({ host, referrer, hits }) => [`${host}|${referrer}`, hits]))).toEqual(
      new Map(keys.map((key) => [`${key}|${key}`, '2'])),
    );
  });

  it('never reach the database with NUL or a lone surrogate, whatever stands beside them', async () => {
    const path = await preparedPath(db.open());
    const lines = [
      eventAt(NOON_MS, 'a\0b'),
      eventAt(NOON_MS, 'a', '\0'),
      '{"event_time":"2026-01-31T12:00:00Z","host":"\\ud800"}',
    ];

    const outcome = await path.commit(tallyOf([streamRecord([...lines, eventAt(NOON_MS, 'fine')])]));

    expect(outcome.committed).toBe(true);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 fine 1']);
    const held = await path.query('select position, reason from quarantine order by position');
    expect(held).toEqual([
      { position: 1, reason: 'host_not_storable' },
      { position: 2, reason: 'referrer_not_storable' },
      { position: 3, reason: 'host_not_storable' },
    ]);
  });
});
