/** A shard and the shards that it was split or merged from. */
export type ShardParents = { ShardId: string; ParentShardId?: string; AdjacentParentShardId?: string };

/**
 * The shards that may be read now: not begun, and every parent that the stream still lists is finished. A record of a
 * key is so never read before an older one that a resharding left on the parent.
 */
export function readableShards<Shard extends ShardParents>(
  shards: readonly Shard[],
  begun: ReadonlySet<string>,
  finished: ReadonlySet<string>,
): Shard[] {
  const listed = new Set(shards.map(({ ShardId }) => ShardId));
  return shards.filter(
    (shard) =>
      !begun.has(shard.ShardId) && parentsOf(shard).every((parent) => !listed.has(parent) || finished.has(parent)),
  );
}

/** Whether the shards that a closed shard was split or merged into are listed already. */
export function hasChildren(shards: readonly ShardParents[], shardId: string): boolean {
  return shards.some((shard) => parentsOf(shard).includes(shardId));
}

function parentsOf({ ParentShardId, AdjacentParentShardId }: ShardParents): string[] {
  return [ParentShardId, AdjacentParentShardId].filter((parent): parent is string => typeof parent === 'string');
}
