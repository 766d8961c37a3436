import { visitRows } from '#functions/core/counts.ts';
import type { Settings } from '#functions/core/settings.ts';
import { type Checkpoint, type ShardProgress, startShard, UNREAD } from '#functions/core/shard.ts';
import { createTally, type StreamRecord, type Tally, tallyRecord } from '#functions/core/tally.ts';
import type { Effort } from '#functions/store/commit.ts';
import { SETTINGS } from './settings.ts';

export const SHARD = 'shardId-000000000000';

export type Batch = { tally: Tally; shards: ShardProgress[] };

/** One shard's records, counted from a checkpoint. */
export function tallyOf(
  records: readonly StreamRecord[],
  {
    shardId = SHARD,
    from = UNREAD,
    settings = SETTINGS,
  }: { shardId?: string; from?: Checkpoint; settings?: Settings } = {},
): { tally: Tally; shard: ShardProgress; shards: ShardProgress[] } {
  const tally = createTally();
  const shard = startShard(shardId, from);
  for (const record of records) tallyRecord(tally, shard, record, settings);
  return { tally, shard, shards: [shard] };
}

/** One tally over several shards, as the scheduled batch makes it. */
export function tallyOfShards(
  recordsByShard: Record<string, readonly StreamRecord[]>,
  from: ReadonlyMap<string, Checkpoint> = new Map(),
  settings: Settings = SETTINGS,
): Batch {
  const tally = createTally();
  const shards = Object.entries(recordsByShard).map(([shardId, records]) => {
    const shard = startShard(shardId, from.get(shardId) ?? UNREAD);
    for (const record of records) tallyRecord(tally, shard, record, settings);
    return { ...shard, silentMs: null };
  });
  return { tally, shards };
}

/** Hits of the first table: `window start + host` → hits. */
export function hitsByHost(tally: Tally): Record<string, number> {
  const rows: Record<string, number> = {};
  visitRows(tally.counts, (aggregation, startMs, [host], hits) => {
    if (aggregation === 'byHost') rows[`${new Date(startMs).toISOString()} ${host}`] = hits;
  });
  return rows;
}

export function effort(overrides: Partial<Effort> = {}): Effort {
  return {
    requestId: 'a-request',
    cold: false,
    startedMs: Date.now(),
    memoryMb: 100,
    cpuMs: 5,
    readWaitMs: 0,
    databaseWaitMs: 0,
    ...overrides,
  };
}
