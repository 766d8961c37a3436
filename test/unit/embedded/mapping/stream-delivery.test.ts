import { describe, expect, it } from 'vitest';
import { hasChildren, readableShards } from '#localstack/embedded/mapping/stream-delivery.ts';

const A = { ShardId: 'a' };
const B = { ShardId: 'b' };
const CHILD = { ShardId: 'child', ParentShardId: 'a' };
const MERGED = { ShardId: 'merged', ParentShardId: 'a', AdjacentParentShardId: 'b' };

describe('readableShards', () => {
  it.each([
    ['shards without parents at once', [A, B], [], [], ['a', 'b']],
    ['no shard twice', [A, B], ['a'], [], ['b']],
    ['no child before its parent is finished', [A, CHILD], ['a'], [], []],
    ['a child once its parent is finished', [A, CHILD], ['a'], ['a'], ['child']],
    ['no merged shard before both parents are finished', [A, B, MERGED], ['a', 'b'], ['a'], []],
    ['a merged shard once both parents are finished', [A, B, MERGED], ['a', 'b'], ['a', 'b'], ['merged']],
    ['a child whose parent is gone from the stream', [CHILD], [], [], ['child']],
  ])('gives %s', (_what, shards, begun, finished, expected) => {
    const readable = readableShards(shards, new Set(begun), new Set(finished));
    expect(readable.map(({ ShardId }) => ShardId)).toEqual(expected);
  });
});

describe('hasChildren', () => {
  it('knows both parents of a merged shard', () => {
    expect(hasChildren([MERGED], 'b')).toBe(true);
    expect(hasChildren([A], 'b')).toBe(false);
  });
});
