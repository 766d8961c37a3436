import type { Settings } from '#functions/core/settings.ts';
import { createTally, type StreamRecord } from '#functions/core/tally.ts';
import { commitTally } from '#functions/store/commit.ts';
import { readPathState } from '#functions/store/path-state.ts';
import { readStream } from '#functions/stream/read-stream.ts';
import { context } from './environments.ts';
import { eventAt, kinesisEvent, type Line, MINUTE_MS, NOON_MS, SECOND_MS, streamRecord } from './records.ts';
import { scriptedStream } from './scripted-stream.ts';
import { SETTINGS } from './settings.ts';
import { effort } from './tallies.ts';
import type { TestPath } from './test-path.ts';
import { virtualClock } from './virtual-clock.ts';

/** Records of a stream, and the counts that both paths must have, worked out by hand. */
export type PathCase = {
  name: string;
  settings: Settings;
  shards: Record<string, StreamRecord[]>;
  expected: { events: number; late: number; dropped: number; quarantined: number; windows: number };
};

/** All records of a case arrive one second apart, the first ten minutes after noon, so that no event time is in the future. */
const ARRIVAL_MS = NOON_MS + 10 * MINUTE_MS;

function records(...lines: (Line | Line[])[]): StreamRecord[] {
  return lines.map((line, i) => streamRecord(line, { n: i + 1, arrivalMs: ARRIVAL_MS + i * SECOND_MS }));
}

const at = (seconds: number, host = 'a', referrer: string | null = null) =>
  eventAt(NOON_MS + seconds * SECOND_MS, host, referrer);

// 314 s leaves the watermark at 299 s, a second short of the first window's end; 600 s moves it to 585 s.
const DISORDER = records(at(0), at(314), at(299), at(600), at(299), at(310), at(590), at(0, 'b'));

export const PATH_CASES: PathCase[] = [
  {
    name: 'hosts and referrers in one window and the next',
    settings: SETTINGS,
    shards: { one: records(at(0, 'a', 'x'), at(1, 'a', 'y'), at(299, 'b', 'x'), at(300, 'a', 'x'), at(301, 'a', 'x')) },
    expected: { events: 5, late: 0, dropped: 0, quarantined: 0, windows: 2 },
  },
  {
    name: 'null, absent, empty and written-out null referrers',
    settings: SETTINGS,
    shards: {
      one: records(at(0), at(0, 'a', ''), { ...at(0), referrer: undefined }, at(0, 'a', 'null'), at(1), at(1, 'a', '')),
    },
    expected: { events: 6, late: 0, dropped: 0, quarantined: 0, windows: 1 },
  },
  {
    name: 'disorder, late events counted',
    settings: SETTINGS,
    shards: { one: DISORDER },
    // Of the four behind 600 s, 299 and 0 are late; the window of 310 and 590 ends at 600 s.
    expected: { events: 8, late: 2, dropped: 0, quarantined: 0, windows: 3 },
  },
  {
    name: 'disorder, late events dropped',
    settings: { ...SETTINGS, latePolicy: 'drop' },
    shards: { one: DISORDER },
    expected: { events: 6, late: 2, dropped: 2, quarantined: 0, windows: 3 },
  },
  {
    name: 'a fast clock: in bounds it cannot make others late, beyond them it is quarantined',
    settings: { ...SETTINGS, latePolicy: 'drop' },
    // Both arrive at 600 s and later: 890 s counts as 600 s; 950 s lies more than 300 s ahead.
    shards: { one: records(at(890, 'fast'), at(950, 'faster'), at(300), at(299)) },
    expected: { events: 2, late: 1, dropped: 1, quarantined: 1, windows: 2 },
  },
  {
    name: 'broken lines among packed ones, records without lines, CRLF',
    settings: SETTINGS,
    shards: {
      one: records(
        [at(0), '{broken', at(1), Uint8Array.of(0xff, 0xfe), at(2)],
        '',
        '\n\n',
        [`${JSON.stringify(at(3))}\r`, '', '[]'],
        [Uint8Array.of(0x1f, 0x8b, 0x08, 0x0a, 0x00)], // gzip whose bytes hold a newline: two lines, both of no use
        'host-7',
      ),
    },
    expected: { events: 4, late: 0, dropped: 0, quarantined: 6, windows: 1 },
  },
  {
    name: 'keys that hurt',
    settings: SETTINGS,
    shards: {
      one: records(
        [at(0, '__proto__', 'constructor'), at(0, "'; drop table ledger; --"), at(0, '😀', 'é'), at(0, '', ' ')],
        [at(0, 'a\0b'), at(0, 'x'.repeat(1025)), at(0, 'x'.repeat(1024)), at(0, 'a', '\ud800')],
      ),
    },
    expected: { events: 5, late: 0, dropped: 0, quarantined: 3, windows: 1 },
  },
  {
    name: 'windows of 7 minutes, events before 1970 and in year 1',
    settings: { ...SETTINGS, windowMs: 7 * MINUTE_MS },
    shards: {
      one: records(
        { event_time: '0001-01-02T00:00:00Z', host: 'a' },
        { event_time: '1969-12-31T23:59:59.999Z', host: 'a' },
        { event_time: '1970-01-01T00:00:00+00:00', host: 'a' },
        at(0),
      ),
    },
    expected: { events: 4, late: 0, dropped: 0, quarantined: 0, windows: 4 },
  },
  {
    name: 'three shards, each late by its own watermark only, one of them silent',
    settings: SETTINGS,
    shards: {
      ahead: records(at(600), at(0)),
      behind: records(at(0), at(1, 'b'), at(299)),
      silent: [],
    },
    expected: { events: 5, late: 1, dropped: 0, quarantined: 0, windows: 2 },
  },
];

/** How the mapping might deliver a shard's records. */
export const MICRO_BATCH_CUTS = [
  'whole',
  'one by one',
  'each twice',
  'overlapping, by two environments in turn',
] as const;
export type MicroBatchCut = (typeof MICRO_BATCH_CUTS)[number];

/** How a shard's records might fall into runs. */
export const SCHEDULED_BATCH_CUTS = [
  'one run',
  'a cut-off a record',
  'stopped after every page',
  'throttled and expired',
] as const;
export type ScheduledBatchCut = (typeof SCHEDULED_BATCH_CUTS)[number];

export type MicroBatchHandler = typeof import('#functions/micro-batch.ts').handler;

/** Hands a case to the real micro-batch handler, shard after shard, in these environments in turn. */
export async function countByMicroBatch(
  path: TestPath,
  environments: readonly MicroBatchHandler[],
  pathCase: PathCase,
  cut: MicroBatchCut,
): Promise<void> {
  for (const [shardId, records] of Object.entries(pathCase.shards)) {
    for (const [i, [from, to]] of rangesOf(records.length, cut).entries()) {
      await environments[i % environments.length]?.(
        kinesisEvent(path.stream, shardId, records.slice(from, to)),
        context(),
      );
    }
  }
}

function rangesOf(length: number, cut: MicroBatchCut): [number, number][] {
  if (cut === 'whole') return [[0, length]];
  const starts = Array.from({ length }, (_, i) => i);
  if (cut === 'one by one') return starts.map((i) => [i, i + 1]);
  if (cut === 'each twice')
    return starts.flatMap(
      (i) =>
        [
          [i, i + 1],
          [i, i + 1],
        ] as [number, number][],
    );
  return starts.map((i) => [Math.max(0, i - 2), i + 1]);
}

/** Counts a case by the scheduled batch's parts, from a simulated stream, run after run until it is through. */
export async function countByScheduledBatch(path: TestPath, pathCase: PathCase, cut: ScheduledBatchCut): Promise<void> {
  const shards = Object.entries(pathCase.shards).map(([shardId, records]) => ({ shardId, records }));
  const arrivals = [...new Set(shards.flatMap(({ records }) => records.map((record) => record.arrivalMs)))].sort(
    (a, b) => a - b,
  );
  const endMs = (arrivals.at(-1) ?? 0) + 1;
  for (const cutOffMs of cut === 'a cut-off a record' ? [...arrivals, endMs] : [endMs]) {
    for (let continues = true; continues; ) {
      const clock = virtualClock(endMs + 60_000);
      const instead = (read: number) => (['throttled', null, 'expired', null] as const)[read % 4] ?? null;
      const source = scriptedStream({
        clock,
        shards,
        pageRecords: 1,
        ...(cut === 'throttled and expired' ? { instead } : {}),
      });
      const mustStop = () => cut === 'stopped after every page' && source.calls.length >= shards.length;
      const tally = createTally();
      const { settings, checkpoints } = await path.database.within(path.schema, (session) =>
        readPathState(session, path.stream),
      );
      const progress = await readStream(
        { source, settings, tally, cutOffMs, mustStop, isFull: () => false, pagesBytes: 1e8, ...clock },
        checkpoints,
        async () => undefined,
      );
      await path.database.within(path.schema, (session) =>
        commitTally(session, path.stream, progress.shards, tally, effort),
      );
      continues = progress.continues && tally.records > 0;
    }
  }
}
