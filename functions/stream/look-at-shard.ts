import type { ListedShard, StreamSource } from './stream-source.ts';

/** Maximum number of empty pages that a look reads. A position far back has some before the newest records. */
const LOOK_PAGES = 5;

/**
 * What follows a shard's checkpoint. `empty`: nothing, now. `drained`: nothing ever, because the shard is closed, or no longer
 * listed. `records`: something is not counted yet. `unknown`: the shard's read limits are used up, or its newest record is far.
 */
export type Look = 'empty' | 'drained' | 'records' | 'unknown';

/** Looks at what follows a shard's checkpoint. It reads a record at most. */
export async function lookAtShard(
  source: StreamSource,
  listed: readonly ListedShard[],
  shardId: string,
  after: string | null,
): Promise<Look> {
  if (!listed.some((shard) => shard.shardId === shardId)) return 'drained';
  let iterator = await source.openShard(shardId, after);
  for (let pages = 0; pages < LOOK_PAGES; pages++) {
    const page = await source.readPage(iterator, 1);
    if (page === 'throttled' || page === 'expired') return 'unknown';
    if (page.records.length > 0) return 'records';
    if (page.next === null) return 'drained';
    if (page.millisBehindLatest === 0) return 'empty';
    iterator = page.next;
  }
  return 'unknown';
}

/** Closed and drained shards, and the shards that continue them. */
export type Family = { parentIds: readonly string[]; childIds: readonly string[] };

/**
 * The families of which all parents are drained. A drained shard without a listed child is not among them, unless it is no
 * longer listed itself.
 */
export function endedFamilies(listed: readonly ListedShard[], drainedIds: readonly string[]): Family[] {
  const families = new Map<string, Family>();
  for (const shardId of drainedIds) {
    const children = listed.filter(({ parentIds }) => parentIds.includes(shardId));
    if (children.length === 0 && listed.some((shard) => shard.shardId === shardId)) continue;
    const isListed = (id: string): boolean => listed.some((shard) => shard.shardId === id);
    const all = [...new Set([shardId, ...children.flatMap((child) => child.parentIds)])].sort();
    const parentIds = all.filter((id) => drainedIds.includes(id));
    if (all.some((id) => isListed(id) && !parentIds.includes(id))) continue;
    families.set(parentIds.join(' '), { parentIds, childIds: children.map((child) => child.shardId) });
  }
  return [...families.values()];
}
