import { describe, expect, it } from 'vitest';
import { type Checkpoint, UNREAD } from '#functions/core/shard.ts';
import { createTally } from '#functions/core/tally.ts';
import { readStream } from '#functions/stream/read-stream.ts';
import { eventAt, NOON_MS, sequenceNumber, streamRecord } from '#test/support/records.ts';
import { type ScriptedShard, scriptedStream } from '#test/support/scripted-stream.ts';
import { SETTINGS } from '#test/support/settings.ts';
import { hitsByHost } from '#test/support/tallies.ts';
import { virtualClock } from '#test/support/virtual-clock.ts';

const CUT_OFF_MS = NOON_MS;

type Options = { checkpoints?: Map<string, Checkpoint>; stopAfterReads?: number; fromMs?: number };

async function read(
  shards: ScriptedShard[],
  { checkpoints = new Map(), stopAfterReads, fromMs = 10_000 }: Options = {},
) {
  const clock = virtualClock(CUT_OFF_MS + fromMs);
  const source = scriptedStream({ clock, shards, pageRecords: 1 });
  const tally = createTally();
  const mustStop = () => source.calls.length >= (stopAfterReads ?? Number.POSITIVE_INFINITY);
  const reading = {
    source,
    settings: SETTINGS,
    tally,
    cutOffMs: CUT_OFF_MS,
    mustStop,
    isFull: () => false,
    pagesBytes: 64 * 1024 * 1024,
    ...clock,
  };
  const progress = await readStream(reading, checkpoints, async () => undefined);
  const readInOrder = [...new Set(source.calls.map((call) => call.shardId))];
  const proven = Object.fromEntries(
    progress.shards.map(({ shardId, drained, silentMs }) => [shardId, drained ? 'drained' : silentMs]),
  );
  const hits = Object.fromEntries(Object.entries(hitsByHost(tally)).map(([key, value]) => [key.split(' ')[1], value]));
  return { ...progress, tally, readInOrder, proven, hits, source };
}

/** A shard whose events name it as their host, each arrived so many ms from the cut-off. */
function shard(shardId: string, offsets: number[], more: Partial<ScriptedShard> = {}): ScriptedShard {
  const records = offsets.map((offsetMs, i) =>
    streamRecord(eventAt(NOON_MS - 60_000, shardId), { n: i + 1, arrivalMs: CUT_OFF_MS + offsetMs }),
  );
  return { shardId, records, ...more };
}

const CLOSED = { closesMs: CUT_OFF_MS };

describe('readStream, of the order of shards', () => {
  it('reads all shards side by side', async () => {
    const { hits, source } = await read([shard('a', [-2, -1]), shard('b', [-2, -1])]);
    expect(hits).toEqual({ a: 2, b: 2 });
    expect(source.calls.slice(0, 4).map((call) => call.shardId)).toEqual(['a', 'b', 'a', 'b']);
  });

  it('reads the children of a split in the same run, once their parent is drained', async () => {
    const children = ['b', 'c'].map((id) => shard(id, [-1], { parentIds: ['a'] }));
    const { hits, readInOrder, continues } = await read([...children, shard('a', [-3, -2], CLOSED)]);
    expect(hits).toEqual({ a: 2, b: 1, c: 1 });
    expect(readInOrder).toEqual(['a', 'b', 'c']);
    expect(continues).toBe(false);
  });

  it('reads the child of a merge once both of its parents are drained', async () => {
    const child = shard('c', [-1], { parentIds: ['a', 'b'] });
    const { hits, source } = await read([child, shard('a', [-9], CLOSED), shard('b', [-9, -8, -7], CLOSED)]);
    expect(hits).toEqual({ a: 1, b: 3, c: 1 });
    const order = source.calls.map((call) => call.shardId);
    expect(order.indexOf('c')).toBeGreaterThan(order.lastIndexOf('a'));
    expect(order.indexOf('c')).toBeGreaterThan(order.lastIndexOf('b'));
  });

  it('finds children that came while it was reading, and theirs', async () => {
    const { hits } = await read(
      [
        shard('a', [-4000], { closesMs: CUT_OFF_MS - 3000 }),
        shard('b', [-2500], { parentIds: ['a'], opensMs: CUT_OFF_MS - 3000, closesMs: CUT_OFF_MS - 2000 }),
        shard('c', [-1000], { parentIds: ['b'], opensMs: CUT_OFF_MS - 2000 }),
      ],
      { fromMs: -5000 },
    );
    expect(hits).toEqual({ a: 1, b: 1, c: 1 });
  });

  it('reads a child at once where its parent is not listed any more', async () => {
    const { hits, continues } = await read([shard('b', [-1], { parentIds: ['expired'] })]);
    expect([hits, continues]).toEqual([{ b: 1 }, false]);
  });

  it('goes on from its checkpoints, past parents that were drained before', async () => {
    const checkpoints = new Map([
      ['a', { ...UNREAD, sequenceNumber: sequenceNumber(2) }],
      ['b', { ...UNREAD, sequenceNumber: sequenceNumber(1) }],
    ]);
    const shards = [shard('a', [-9, -8], CLOSED), shard('b', [-2, -1], { parentIds: ['a'] })];
    const { hits, shards: progress } = await read(shards, { checkpoints });
    expect(hits).toEqual({ b: 1 });
    expect(progress.map((it) => [it.shardId, it.first, it.reached.sequenceNumber])).toEqual([
      ['a', null, sequenceNumber(2)],
      ['b', sequenceNumber(2), sequenceNumber(2)],
    ]);
  });
});

describe('readStream, of what is proven of a shard', () => {
  const ends = {
    'cut-off': [-2, 1],
    empty: [],
    drained: [-2],
    stopped: Array.from({ length: 20 }, (_, i) => i - 30),
  };
  const one = (id: string, end: keyof typeof ends, parentIds: string[] = []) =>
    shard(id, ends[end], { parentIds, ...(end === 'drained' ? CLOSED : {}) });

  // A number is the time without a record before the cut-off, ms; null: no record at all. Shards that were not begun are left out.
  it.each([
    ['one shard read to the cut-off', [one('a', 'cut-off')], { a: 2 }, false],
    ['one shard without records', [one('a', 'empty')], { a: null }, false],
    ['one shard drained, its children not listed yet', [one('a', 'drained')], { a: 0 }, false],
    ['one shard stopped', [one('a', 'stopped')], { a: 0 }, true],
    ['one at the cut-off, one stopped', [one('a', 'cut-off'), one('b', 'stopped')], { a: 2, b: 0 }, true],
    [
      'a child read behind its drained parent',
      [one('a', 'drained'), one('b', 'cut-off', ['a'])],
      { a: 'drained', b: 2 },
      false,
    ],
    [
      'a child stopped behind its drained parent',
      [one('a', 'drained'), one('b', 'stopped', ['a'])],
      { a: 'drained', b: 0 },
      true,
    ],
    [
      'a child not begun, its parent at the cut-off',
      [one('a', 'cut-off'), one('b', 'cut-off', ['a'])],
      { a: 2 },
      false,
    ],
    ['a child not begun, its parent stopped', [one('a', 'stopped'), one('b', 'cut-off', ['a'])], { a: 0 }, true],
    [
      'a grandchild not begun, its grandparent stopped',
      [one('a', 'stopped'), one('b', 'drained', ['a']), one('c', 'cut-off', ['b'])],
      { a: 0 },
      true,
    ],
    [
      'a merge not begun, one parent drained and one stopped',
      [one('a', 'drained'), one('b', 'stopped'), one('c', 'cut-off', ['a', 'b'])],
      { a: 0, b: 0 },
      true,
    ],
    [
      'a merge not begun, one parent drained and one at the cut-off',
      [one('a', 'drained'), one('b', 'cut-off'), one('c', 'cut-off', ['a', 'b'])],
      { a: 0, b: 2 },
      false,
    ],
  ])('%s', async (_, shards, expected, more) => {
    const { proven, continues } = await read(shards, { stopAfterReads: 15 });
    expect(proven).toEqual(expected);
    expect(continues).toBe(more);
  });

  it('is drained where it is not listed any more', async () => {
    const { proven } = await read([shard('b', [-1])], { checkpoints: new Map([['expired', UNREAD]]) });
    expect(proven).toEqual({ expired: 'drained', b: 1 });
  });

  it('is nothing where a stream has no shards', async () => {
    expect(await read([])).toMatchObject({ shards: [], continues: false });
  });
});

describe('readStream, of the watermark with which a child begins', () => {
  const watermarkOf = (minutes: number) => NOON_MS - 60_000 - SETTINGS.boundMs + minutes * 60_000;
  const counted = (minutes: number): Checkpoint => ({
    sequenceNumber: sequenceNumber(1),
    watermarkMs: watermarkOf(minutes),
  });

  it.each([
    ['a split', ['a'], watermarkOf(-1)],
    ['a merge', ['a', 'b'], watermarkOf(-2)],
  ])('is the least of its parents, after %s', async (_, parentIds, expected) => {
    const checkpoints = new Map([
      ['a', counted(-1)],
      ['b', counted(-2)],
    ]);
    const shards = [shard('a', [-9], CLOSED), shard('b', [-9], CLOSED), shard('c', [], { parentIds })];
    const { shards: progress } = await read(shards, { checkpoints });
    expect(progress.find(({ shardId }) => shardId === 'c')?.reached.watermarkMs).toBe(expected);
  });
});
