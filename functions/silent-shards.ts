import type { Checkpoint } from './core/shard.ts';
import type { Database } from './store/database.ts';
import { readCheckpoints, registerShards } from './store/path-state.ts';
import { claimSilentShards, followResharding, raiseWatermarks } from './store/silent-shards.ts';
import { endedFamilies, lookAtShard } from './stream/look-at-shard.ts';
import type { ListedShard, StreamSource } from './stream/stream-source.ts';

/** A stream, and the schema that holds its micro-batch path. */
export type Counted = { database: Database; schema: string; stream: string; source: StreamSource };

type Checkpoints = ReadonlyMap<string, Checkpoint>;

/**
 * Prepares a shard's first batch: the shard is registered, and begins with the watermark of its parents if it has some.
 *
 * @returns the current checkpoints
 */
export async function beginShard(
  counted: Counted,
  shardId: string,
  known: Checkpoints,
): Promise<Map<string, Checkpoint>> {
  const { database, schema, stream, source } = counted;
  if (!known.has(shardId)) await database.within(schema, (session) => registerShards(session, stream, [shardId]));
  const listed = await source.listShards();
  const parentIds = listed.find((shard) => shard.shardId === shardId)?.parentIds ?? [];
  const parents = new Map([...known].filter(([id]) => parentIds.includes(id)));
  await followEnded(counted, listed, parents);
  return database.within(schema, (session) => readCheckpoints(session, stream));
}

/**
 * Looks at the silent shards for which a window waits. Shards without uncounted records are raised to the watermark of the busy
 * ones; for closed shards the wait ends.
 *
 * @param busyWatermarkMs the least watermark of the busy shards before the look
 * @returns the checkpoints that changed
 */
export async function raiseSilentShards(counted: Counted, busyWatermarkMs: number): Promise<Map<string, Checkpoint>> {
  const { database, schema, stream, source } = counted;
  const silent = await database.within(schema, (session) => claimSilentShards(session, stream));
  if (silent.size === 0) return silent;
  const listed = await source.listShards();
  const merged = listed.filter(({ parentIds }) => parentIds.some((id) => silent.has(id)));
  if (merged.length > 0) {
    // A merge ends both parents at once; the other one may have been claimed by another environment.
    const all = await database.within(schema, (session) => readCheckpoints(session, stream));
    for (const id of merged.flatMap(({ parentIds }) => parentIds)) {
      const checkpoint = all.get(id);
      if (checkpoint !== undefined) silent.set(id, checkpoint);
    }
  }
  const emptyIds = await followEnded(counted, listed, silent);
  const empty = emptyIds.map((shardId) => ({ shardId, sequenceNumber: silent.get(shardId)?.sequenceNumber ?? null }));
  return database.within(schema, (session) => raiseWatermarks(session, stream, empty, busyWatermarkMs));
}

/** Looks at shards, and ends the wait for those that are closed and counted. @returns the empty ones */
async function followEnded(counted: Counted, listed: readonly ListedShard[], shards: Checkpoints): Promise<string[]> {
  const { database, schema, stream, source } = counted;
  const ids = [...shards.keys()];
  const looks = await Promise.all(
    ids.map((id) => lookAtShard(source, listed, id, shards.get(id)?.sequenceNumber ?? null)),
  );
  const drained = ids.filter((_, i) => looks[i] === 'drained');
  for (const { parentIds, childIds } of endedFamilies(listed, drained)) {
    const parents = parentIds.map((shardId) => ({
      shardId,
      sequenceNumber: shards.get(shardId)?.sequenceNumber ?? null,
    }));
    await database.within(schema, (session) => followResharding(session, stream, { parents, childIds }));
  }
  return ids.filter((_, i) => looks[i] === 'empty');
}
