import { setTimeout as sleep } from 'node:timers/promises';
import type { KinesisClient, Shard, ShardPosition } from '../kinesis/kinesis-client.ts';
import type { StartingPosition } from './mapping-settings.ts';
import { hasChildren, readableShards } from './shard-lineage.ts';
import { createShardReader, type ShardReader } from './shard-reader.ts';

/** What a mapping remembers of its stream while it is disabled. */
export type StreamProgress = {
  /** Shards that were there when the mapping began; null until the first look. */
  firstShards: ReadonlySet<string> | null;
  finished: Set<string>;
  /** Shard to the sequence number up to which it is delivered. */
  checkpoints: Map<string, string>;
  /** Shard to when its first delivery began, in epoch seconds: where LATEST was. */
  begunSeconds: Map<string, number>;
};

export function newStreamProgress(): StreamProgress {
  return { firstShards: null, finished: new Set(), checkpoints: new Map(), begunSeconds: new Map() };
}

export type StreamDeliveryServices = {
  kinesis: KinesisClient;
  streamName: string;
  startingPosition: StartingPosition;
  /** Delivers one shard; true when it was read to its end. */
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
  /** Closed shards whose children are not listed yet. */
  const childless = new Set<string>();
  /** Shards whose delivery failed for a reason of this runtime's own, until they are begun again. */
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
    // Shards appear only when others close, so there is nothing to look for until one does.
    const nextClose = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const mustLookAgain = shards === null || childless.size > 0 || broken.size > 0;
    const pause = mustLookAgain ? [sleep(RELIST_INTERVAL_MS, undefined, { signal }).catch(() => {})] : [];
    await Promise.race([nextClose, stopped, ...pause]);
  }
  await Promise.all(pollers);
}

/** Where a shard is read from. Those that a resharding added later begin at their first record, whatever the mapping began with. */
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
  // A second LATEST would skip what was read and not delivered when the mapping was disabled.
  if (startingPosition.kind === 'LATEST' && begunSeconds !== undefined) {
    return { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: begunSeconds };
  }
  progress.begunSeconds.set(ShardId, Date.now() / 1000);
  return { ShardIteratorType: startingPosition.kind };
}
