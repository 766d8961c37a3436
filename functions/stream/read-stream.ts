import { type Checkpoint, inheritedWatermarkMs, type ShardProgress, startShard, UNREAD } from '../core/shard.ts';
import { MAX_PAGE_BYTES, type Reading, readShard, type ShardEnd } from './read-shard.ts';
import type { ListedShard } from './stream-source.ts';

export type StreamProgress = {
  /** The shards that were read, and those that are no longer listed, because all of their records expired. */
  shards: ShardProgress[];
  /** Whether a shard has unread records before the cut-off. */
  continues: boolean;
};

/**
 * Counts all shards concurrently up to the cut-off. A shard is read after all of its parents are drained, in the same
 * run, and begins with their watermark. Shards are listed again whenever one is drained, so that new splits and merges are
 * found.
 *
 * @param register called for a shard without a checkpoint, before its first record is read; returns its checkpoint
 */
export async function readStream(
  reading: Reading,
  checkpoints: ReadonlyMap<string, Checkpoint>,
  register: (shardId: string) => Promise<Checkpoint | undefined>,
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

  function inherit({ shardId, reached }: ShardProgress): void {
    const parents = (listed.get(shardId)?.parentIds ?? []).map((id) => progress.get(id)?.reached);
    const inheritedMs = inheritedWatermarkMs(parents.filter((parent) => parent !== undefined));
    reached.watermarkMs = Math.max(reached.watermarkMs, inheritedMs);
  }

  let failed = false;
  let failure: unknown;
  const unlessFailed = { ...reading, mustStop: () => failed || reading.mustStop() };

  async function read(shardId: string): Promise<void> {
    const shard = progress.get(shardId) as ShardProgress;
    if (!checkpoints.has(shardId)) {
      shard.from = (await register(shardId)) ?? UNREAD;
      shard.reached = { ...shard.from };
    }
    if (shard.from.sequenceNumber === null) inherit(shard);
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
  const gone = [...checkpoints].filter(([shardId]) => !listed.has(shardId));
  for (const [shardId, from] of gone) progress.set(shardId, { ...startShard(shardId, from), drained: true });
  await readReady();
  if (failed) throw failure;

  const stopped = (shardId: string): boolean => {
    const end = ends.get(shardId);
    if (end !== undefined) return end === 'stopped';
    // It was not started. Its records follow its parents' last ones, so it has unread records only if a parent was
    // stopped.
    return (listed.get(shardId)?.parentIds ?? []).some((id) => listed.has(id) && stopped(id));
  };
  // The path waits for a closed shard until all shards that continue it have begun with its watermark.
  for (const [shardId, shard] of progress) {
    const children = [...listed.values()].filter(({ parentIds }) => parentIds.includes(shardId));
    if (ends.get(shardId) === 'drained' && children.length > 0)
      shard.drained = children.every((child) => started.has(child.shardId));
  }
  const shards = [...progress.values()].filter(({ shardId }) => started.has(shardId) || !listed.has(shardId));
  return { shards, continues: [...listed.keys()].some(stopped) };
}
