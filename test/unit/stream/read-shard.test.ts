import { describe, expect, it } from 'vitest';
import { startShard, UNREAD } from '#functions/core/shard.ts';
import { createTally } from '#functions/core/tally.ts';
import { MAX_PAGE_BYTES, readShard } from '#functions/stream/read-shard.ts';
import { eventAt, NOON_MS, sequenceNumber, streamRecord } from '#test/support/records.ts';
import { type Script, type ScriptedShard, scriptedStream } from '#test/support/scripted-stream.ts';
import { SETTINGS } from '#test/support/settings.ts';
import { virtualClock } from '#test/support/virtual-clock.ts';

const CUT_OFF_MS = NOON_MS;

/** Records that arrived so many ms from the cut-off. */
function arrivals(...offsets: number[]): ScriptedShard['records'] {
  return offsets.map((offsetMs, i) =>
    streamRecord(eventAt(NOON_MS - 60_000), { n: i + 1, arrivalMs: CUT_OFF_MS + offsetMs }),
  );
}

type Options = Partial<Omit<Script, 'clock' | 'shards'>> & {
  records: ScriptedShard['records'];
  fromMs?: number;
  closesMs?: number;
  after?: string;
  mustStop?: (reads: number) => boolean;
  isFull?: (records: number) => boolean;
};

/** Reads one shard from a time relative to the cut-off on, by default well behind it. */
async function read({ records, fromMs = 10_000, closesMs, after, mustStop, isFull, ...script }: Options) {
  const clock = virtualClock(CUT_OFF_MS + fromMs);
  const closing = closesMs === undefined ? {} : { closesMs: CUT_OFF_MS + closesMs };
  const source = scriptedStream({ clock, shards: [{ shardId: 'a', records, ...closing }], ...script });
  const tally = createTally();
  const shard = startShard('a', after === undefined ? UNREAD : { ...UNREAD, sequenceNumber: after });
  const stop = () => mustStop?.(source.calls.length) ?? false;
  const reading = {
    source,
    settings: SETTINGS,
    tally,
    cutOffMs: CUT_OFF_MS,
    mustStop: stop,
    isFull: () => isFull?.(tally.records) ?? false,
    pagesBytes: 0,
    ...clock,
  };
  const end = await readShard(reading, shard, MAX_PAGE_BYTES);
  return { end, tally, shard, source, endedMs: clock.now() - CUT_OFF_MS };
}

describe('readShard', () => {
  it.each([
    ['at the cut-off', [-2, -1, 0, 1], 2],
    ['behind it', [-2, -1, 500], 2],
    ['at the cut-off, though the next arrived before it by its clock', [-2, 0, -1, -1], 1],
    ['at the cut-off, and it is the first of all', [0, -1], 0],
  ])('stops at the first record %s', async (_, offsets, counted) => {
    const { end, tally, shard } = await read({ records: arrivals(...offsets) });
    expect([end, tally.records]).toEqual(['cut-off', counted]);
    expect(shard.reached.sequenceNumber).toBe(counted === 0 ? null : sequenceNumber(counted));
  });

  it('reads on over empty pages until one is asked for after the cut-off', async () => {
    const { end, tally, endedMs } = await read({ records: arrivals(-3000, -1000), fromMs: -5000 });
    expect([end, tally.records]).toEqual(['cut-off', 2]);
    expect(endedMs).toBeGreaterThanOrEqual(0);
  });

  it('does not believe a page with records that claims to be at the tip', async () => {
    const { end, tally } = await read({ records: arrivals(-5, -4, -3, -2, -1), pageRecords: 2, alwaysAtTip: true });
    expect([end, tally.records]).toEqual(['cut-off', 5]);
  });

  it('reads on over an empty page that is not at the tip', async () => {
    const records = arrivals(-5).map((record) => ({ ...record, visibleMs: CUT_OFF_MS + 11_000 }));
    const clock = virtualClock(CUT_OFF_MS + 10_000);
    const inner = scriptedStream({ clock, shards: [{ shardId: 'a', records }] });
    const behind = {
      ...inner,
      readPage: async (iterator: string, limit: number) => withBehind(await inner.readPage(iterator, limit)),
    };
    const withBehind = (page: Awaited<ReturnType<typeof inner.readPage>>) =>
      typeof page === 'object' && clock.now() < CUT_OFF_MS + 11_000 ? { ...page, millisBehindLatest: 5 } : page;
    const tally = createTally();
    const reading = {
      source: behind,
      settings: SETTINGS,
      tally,
      cutOffMs: CUT_OFF_MS,
      mustStop: () => false,
      isFull: () => false,
      pagesBytes: 0,
      ...clock,
    };
    expect(await readShard(reading, startShard('a', UNREAD), MAX_PAGE_BYTES)).toBe('cut-off');
    expect(tally.records).toBe(1);
  });

  it('is drained at the end of a closed shard', async () => {
    const { end, tally } = await read({ records: arrivals(-2, -1), closesMs: 0 });
    expect([end, tally.records]).toEqual(['drained', 2]);
  });

  it('is not drained where a closed shard goes on behind the cut-off', async () => {
    const { end } = await read({ records: arrivals(-2, 1), closesMs: 5 });
    expect(end).toBe('cut-off');
  });

  it('starts behind its checkpoint', async () => {
    const { tally, shard } = await read({ records: arrivals(-3, -2, -1), after: sequenceNumber(2) });
    expect([tally.records, shard.first]).toEqual([1, sequenceNumber(3)]);
  });

  it('stops before the next page where it must, and keeps what it has', async () => {
    const records = arrivals(-5, -4, -3, -2, -1);
    const { end, tally, shard } = await read({ records, pageRecords: 2, mustStop: (reads) => reads === 2 });
    expect([end, tally.records, shard.reached.sequenceNumber]).toEqual(['stopped', 4, sequenceNumber(4)]);
  });

  it('stops within a page where what it has takes all the memory it may, and keeps what it has', async () => {
    const { end, shard } = await read({ records: arrivals(-5, -4, -3, -2), isFull: (records) => records === 3 });
    expect([end, shard.reached.sequenceNumber]).toEqual(['stopped', arrivals(-5, -4, -3)[2]?.sequenceNumber]);
  });

  it('tries again where it is throttled, and counts every record once', async () => {
    const { tally } = await read({
      records: arrivals(-2, -1),
      pageRecords: 1,
      instead: (n) => (n % 2 === 0 ? 'throttled' : null),
    });
    expect(tally.records).toBe(2);
  });

  it('opens the shard again behind the last counted record where its iterator has expired', async () => {
    const { tally, source } = await read({
      records: arrivals(-3, -2, -1),
      pageRecords: 1,
      instead: (n) => (n === 2 ? 'expired' : null),
    });
    expect(tally.records).toBe(3);
    expect(source.opened).toEqual([null, sequenceNumber(2)]);
  });
});

describe("readShard's reads", () => {
  it.each([
    [25_600, 409], // 10,485,760 bytes of 25,600
    [1_048_576, 10],
    [20_000_000, 1],
    [100, 10_000], // Kinesis gives no more
    [0, 10_000],
  ])('have a limit sized for 10 MB: of records of %i bytes, %i', async (bytes, limit) => {
    const records = arrivals(-2, -1).map((record) => ({ ...record, data: Buffer.alloc(bytes, '\n') }));
    const { source } = await read({ records, pageRecords: 1 });
    expect(source.calls.map((call) => call.limit)).toEqual([500, limit, limit]);
  });

  it.each([
    ['of full pages', {}],
    ['where every third is throttled', { instead: (n: number) => (n % 3 === 2 ? ('throttled' as const) : null) }],
    [
      'where every third finds its iterator expired',
      { instead: (n: number) => (n % 3 === 2 ? ('expired' as const) : null) },
    ],
  ])('are never more than 4 in a second, %s', async (_, script) => {
    const { source } = await read({
      records: arrivals(...Array.from({ length: 40 }, (_, i) => i - 100)),
      pageRecords: 1,
      ...script,
    });
    const times = source.calls.map((call) => call.atMs);
    expect(times.length).toBeGreaterThan(40);
    for (const [i, fifthMs] of times.slice(4).entries())
      expect(fifthMs - (times[i] as number)).toBeGreaterThanOrEqual(1000);
  });
});
