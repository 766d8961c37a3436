import { describe, expect, it } from 'vitest';
import { endedFamilies, lookAtShard } from '#functions/stream/look-at-shard.ts';
import { eventAt, NOON_MS, sequenceNumber, streamRecord } from '#test/support/records.ts';
import { type Script, type ScriptedShard, scriptedStream } from '#test/support/scripted-stream.ts';
import { virtualClock } from '#test/support/virtual-clock.ts';

async function look(shard: ScriptedShard, after: string | null = null, instead?: Script['instead']) {
  const source = scriptedStream({ clock: virtualClock(NOON_MS), shards: [shard], ...(instead && { instead }) });
  return lookAtShard(source, await source.listShards(), 'a', after);
}

const RECORDS = [1, 2].map((n) => streamRecord(eventAt(NOON_MS), { n, arrivalMs: NOON_MS - 1 }));

describe('lookAtShard', () => {
  it.each([
    ['empty', { shardId: 'a', records: [] }, null],
    ['empty', { shardId: 'a', records: RECORDS }, sequenceNumber(2)],
    ['records', { shardId: 'a', records: RECORDS }, sequenceNumber(1)],
    ['drained', { shardId: 'a', records: RECORDS, closesMs: NOON_MS }, sequenceNumber(2)],
    ['records', { shardId: 'a', records: RECORDS, closesMs: NOON_MS }, sequenceNumber(1)],
    ['drained', { shardId: 'another', records: [] }, null],
  ] as const)('finds %s', async (expected, shard, after) => {
    expect(await look(shard as unknown as ScriptedShard, after)).toBe(expected);
  });

  it.each(['throttled', 'expired'] as const)('knows nothing where the read is %s', async (answer) => {
    expect(await look({ shardId: 'a', records: [] }, null, () => answer)).toBe('unknown');
  });

  it('passes empty pages, and knows nothing where they do not end', async () => {
    let pages = 0;
    const source = {
      listShards: async () => [],
      openShard: async () => 'first',
      readPage: async () => ({ records: [], next: 'next', millisBehindLatest: ++pages === 3 ? 0 : 1000 }),
    };
    const listed = [{ shardId: 'a', parentIds: [] }];

    expect(await lookAtShard(source, listed, 'a', null)).toBe('empty');
    expect(await lookAtShard(source, listed, 'a', null)).toBe('unknown');
  });
});

describe('endedFamilies', () => {
  const listed = (...shards: [string, string[]][]) => shards.map(([shardId, parentIds]) => ({ shardId, parentIds }));

  it.each([
    ['a split', listed(['a', []], ['b', ['a']], ['c', ['a']]), ['a'], [{ parentIds: ['a'], childIds: ['b', 'c'] }]],
    [
      'a merge, both parents drained',
      listed(['a', []], ['b', []], ['c', ['a', 'b']]),
      ['a', 'b'],
      [{ parentIds: ['a', 'b'], childIds: ['c'] }],
    ],
    [
      'a merge whose other parent is no longer listed',
      listed(['b', []], ['c', ['gone', 'b']]),
      ['b'],
      [{ parentIds: ['b'], childIds: ['c'] }],
    ],
    ['a merge, one parent drained', listed(['a', []], ['b', []], ['c', ['a', 'b']]), ['a'], []],
    ['a drained shard whose children are not listed yet', listed(['a', []]), ['a'], []],
    ['a shard that is no longer listed', listed(['b', []]), ['a'], [{ parentIds: ['a'], childIds: [] }]],
    [
      'a child of a shard that is no longer listed',
      listed(['b', ['a']]),
      ['a'],
      [{ parentIds: ['a'], childIds: ['b'] }],
    ],
  ])('are those of %s', (_, shards, drained, expected) => {
    expect(endedFamilies(shards, drained)).toEqual(expected);
  });
});
