import { setTimeout as sleep } from 'node:timers/promises';
import type { KinesisClient, Shard, ShardPosition } from '../kinesis/kinesis-client.ts';
import type { StartingPosition } from './mapping-settings.ts';
import { createShardReader, type ShardReader } from './shard-poller.ts';

/** Progress of a mapping on its stream; it is kept while the mapping is disabled. */
type StreamProgress = {
  /** Shards that existed when the mapping began; null until the first listing. */
  firstShards: ReadonlySet<string> | null;
  finished: Set<string>;
  /** Last delivered sequence number by shard. */
  checkpoints: Map<string, string>;
  /** Start of the first delivery by shard, epoch seconds: the position that LATEST meant. */
  begunSeconds: Map<string, number>;
};

export function newStreamProgress(): StreamProgress {
  return { firstShards: null, finished: new Set(), checkpoints: new Map(), begunSeconds: new Map() };
}

type StreamDeliveryServices = {
  kinesis: KinesisClient;
  streamName: string;
  startingPosition: StartingPosition;
  /** Delivers one shard; resolves to true at its end. */
  pollShard(shard: Shard, reader: ShardReader, signal: AbortSignal): Promise<boolean>;
  report(result: string): void;
};

const RELIST_INTERVAL_MS = 1000;

/** Delivers every shard of a stream side by side, children after their parents, until the signal stops it. */
export async function deliverStream(
  progress: StreamProgress,
  services: StreamDeliveryServices,
  signal: AbortSignal,
): Promise<void> {
  const begun = new Set<string>(progress.finished);
  const pollers = new Set<Promise<void>>();
  /** Finished shards whose children are not listed yet. */
  const childless = new Set<string>();
  /** Shards whose delivery failed inside this runtime, until they begin again. */
  const broken = new Set<string>();
  let wake = () => {};
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

  const begin = (shard: Shard) => {
    const { ShardId: shardId } = shard;
    begun.add(shardId);
    broken.delete(shardId);
    const reader = createShardReader(
      services.kinesis,
      services.streamName,
      shardId,
      positionOf(shard, progress, services),
    );
    const poller: Promise<void> = services
      .pollShard(shard, reader, signal)
      .then((reachedEnd) => {
        if (!reachedEnd) return;
        progress.finished.add(shardId);
        childless.add(shardId);
      })
      .catch((error: Error) => {
        services.report(`PROBLEM: ${error.message}; ${shardId} is read again from its checkpoint`);
        begun.delete(shardId);
        broken.add(shardId);
      })
      .finally(() => {
        pollers.delete(poller);
        wake();
      });
    pollers.add(poller);
  };

  while (!signal.aborted) {
    const shards = await services.kinesis.listShards(services.streamName).catch((error: Error) => {
      services.report(`PROBLEM: ${error.message}`);
      return null;
    });
    if (shards !== null) {
      progress.firstShards ??= new Set(shards.map(({ ShardId }) => ShardId));
      for (const shard of readableShards(shards, begun, progress.finished)) begin(shard);
      for (const shardId of childless) if (hasChildren(shards, shardId)) childless.delete(shardId);
    }
    // New shards appear only when others close, so the next listing waits for a closed shard.
    const nextClose = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const mustLookAgain = shards === null || childless.size > 0 || broken.size > 0;
    const pause = mustLookAgain ? [sleep(RELIST_INTERVAL_MS, undefined, { signal }).catch(() => {})] : [];
    await Promise.race([nextClose, stopped, ...pause]);
  }
  await Promise.all(pollers);
}

/** Start position of a shard. Shards of a later resharding begin at their first record, whatever the mapping began with. */
function positionOf({ ShardId }: Shard, progress: StreamProgress, services: StreamDeliveryServices): ShardPosition {
  const checkpoint = progress.checkpoints.get(ShardId);
  if (checkpoint !== undefined) {
    return { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: checkpoint };
  }
  const { startingPosition } = services;
  if (!progress.firstShards?.has(ShardId)) return { ShardIteratorType: 'TRIM_HORIZON' };
  if (startingPosition.kind === 'AT_TIMESTAMP') {
    return { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: startingPosition.timestampSeconds };
  }
  const begunSeconds = progress.begunSeconds.get(ShardId);
  // A second LATEST would skip records that were read but not delivered when the mapping was disabled.
  if (startingPosition.kind === 'LATEST' && begunSeconds !== undefined) {
    return { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: begunSeconds };
  }
  progress.begunSeconds.set(ShardId, Date.now() / 1000);
  return { ShardIteratorType: startingPosition.kind };
}

/** A shard and its parents, from which it was split or merged. */
type ShardParents = { ShardId: string; ParentShardId?: string; AdjacentParentShardId?: string };

/**
 * Shards that may be read now: not begun, and with every listed parent finished. So a record is never read before an
 * older one of its key that a resharding left on a parent.
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

/** Whether the children of a closed shard are listed. */
export function hasChildren(shards: readonly ShardParents[], shardId: string): boolean {
  return shards.some((shard) => parentsOf(shard).includes(shardId));
}

function parentsOf({ ParentShardId, AdjacentParentShardId }: ShardParents): string[] {
  return [ParentShardId, AdjacentParentShardId].filter((parent): parent is string => typeof parent === 'string');
}
