import { type Checkpoint, type ShardProgress, startShard, UNREAD } from '../core/shard.ts';
import { MAX_PAGE_BYTES, type Reading, readShard, type ShardEnd } from './read-shard.ts';
import type { ListedShard } from './stream-source.ts';

export type StreamProgress = {
  /** All listed shards, whether read or not. */
  shards: ShardProgress[];
  /** Whether a shard has unread records before the cut-off. */
  continues: boolean;
};

/**
 * Counts all shards concurrently up to the cut-off. A shard is read after all of its parents are drained, in the same
 * run. Shards are listed again whenever one is drained, so that new splits and merges are found.
 */
export async function readStream(
  reading: Reading,
  checkpoints: ReadonlyMap<string, Checkpoint>,
): Promise<StreamProgress> {
  const listed = new Map<string, ListedShard>();
  const progress = new Map<string, ShardProgress>();
  const ends = new Map<string, ShardEnd>();
  const started = new Set<string>();

  async function list(): Promise<void> {
    for (const shard of await reading.source.listShards()) {
      if (listed.has(shard.shardId)) continue;
      listed.set(shard.shardId, shard);
      progress.set(shard.shardId, startShard(shard.shardId, checkpoints.get(shard.shardId) ?? UNREAD));
    }
  }

  let failed = false;
  let failure: unknown;
  const unlessFailed = { ...reading, mustStop: () => failed || reading.mustStop() };

  async function read(shardId: string): Promise<void> {
    const shard = progress.get(shardId) as ShardProgress;
    const pageBytes = Math.min(MAX_PAGE_BYTES, Math.floor(reading.pagesBytes / listed.size));
    const end = await readShard(unlessFailed, shard, pageBytes);
    ends.set(shardId, end);
    if (end === 'drained') {
      await list();
      await readReady();
    }
  }

  async function readReady(): Promise<void> {
    const ready = [...listed.values()].filter(
      ({ shardId, parentIds }) =>
        !started.has(shardId) && parentIds.every((id) => !listed.has(id) || ends.get(id) === 'drained'),
    );
    for (const { shardId } of ready) started.add(shardId);
    await Promise.all(
      ready.map(({ shardId }) =>
        read(shardId).catch((error: unknown) => {
          failed = true; // stops the other shards, whose records would be discarded
          failure ??= error;
        }),
      ),
    );
  }

  await list();
  await readReady();
  if (failed) throw failure;

  const stopped = (shardId: string): boolean => {
    const end = ends.get(shardId);
    if (end !== undefined) return end === 'stopped';
    // It was not started. Its records follow its parents' last ones, so it has unread records only if a parent was
    // stopped.
    return (listed.get(shardId)?.parentIds ?? []).some((id) => listed.has(id) && stopped(id));
  };
  for (const [shardId, shard] of progress) shard.holdsBack = stopped(shardId);
  return { shards: [...progress.values()], continues: [...progress.keys()].some(stopped) };
}
