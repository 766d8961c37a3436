import { AGGREGATION_NAMES, AGGREGATIONS, forAggregations } from '../core/aggregations.ts';
import { type Counts, visitRows } from '../core/counts.ts';
import { type Checkpoint, checkpointAfter, type ShardProgress } from '../core/shard.ts';
import type { Tally } from '../core/tally.ts';
import { COMMIT_TALLY, columnName } from './commit-statement.ts';
import { CONNECT_TIMEOUT_MS, type Session } from './database.ts';
import { toTimestamp } from './parameters.ts';
import { type CheckpointColumns, toCheckpoints } from './path-state.ts';

/**
 * Time that a scheduled batch keeps for its commit, ms: to connect again, since an idle database may have paused meanwhile,
 * and to run the statement.
 */
export const COMMIT_RESERVE_MS = CONNECT_TIMEOUT_MS + 5_000;
/** Time that it keeps in addition for each row, ms. */
export const COMMIT_RESERVE_MS_PER_ROW = 0.1;

/** What an invocation knows of its own effort, for the ledger. Milliseconds and megabytes. */
export type Effort = {
  requestId: string;
  cold: boolean;
  startedMs: number;
  memoryMb: number;
  cpuMs: number;
  readWaitMs: number;
  /** Waited for the database before this statement. */
  databaseWaitMs: number;
};

export type CommitOutcome =
  /** The path's watermark is the one that stands in the ledger row; null: nothing is proven yet. */
  | { committed: true; committedMs: number; rowsWritten: number; pathWatermarkMs: number | null }
  /** Where the shards stood as the statement began; a shard that another writer has just made known may be absent. */
  | { committed: false; current: Map<string, Checkpoint> };

/**
 * Writes a batch in one statement, one round trip, one transaction: checkpoints, every table of counts, quarantine, ledger row.
 * Unless every shard still stands where the batch started, nothing at all is written.
 *
 * @param effortSoFar asked once, as late as can be: what comes after it is the database's time
 */
export async function commitTally(
  session: Session,
  stream: string,
  shards: readonly ShardProgress[],
  tally: Tally,
  effortSoFar: () => Effort,
): Promise<CommitOutcome> {
  const columns = countColumns(tally.counts);
  const after = shards.map(checkpointAfter);
  const effort = effortSoFar(); // making the columns is a part of it
  const values = COMMIT_TALLY.valuesOf({
    stream,
    shard_ids: shards.map((shard) => shard.shardId),
    expected: shards.map((shard) => shard.from.sequenceNumber),
    first: shards.map((shard) => shard.first),
    last: shards.map((shard) => shard.reached.sequenceNumber),
    watermarks: shards.map((shard) => toTimestamp(shard.reached.watermarkMs)),
    checkpoints: after.map((checkpoint) => checkpoint.sequenceNumber),
    checkpoint_watermarks: after.map((checkpoint) => toTimestamp(checkpoint.watermarkMs)),
    holds_back: shards.map((shard) => shard.holdsBack),
    ...columns,
    quarantine_shard_ids: tally.quarantined.map((line) => line.shardId),
    quarantine_sequence_numbers: tally.quarantined.map((line) => line.sequenceNumber),
    quarantine_positions: tally.quarantined.map((line) => line.position),
    quarantine_reasons: tally.quarantined.map((line) => line.reason),
    quarantine_bytes: tally.quarantined.map((line) => line.bytes),
    request_id: effort.requestId,
    cold: effort.cold,
    started_ms: effort.startedMs,
    memory_mb: effort.memoryMb,
    cpu_ms: effort.cpuMs,
    read_wait_ms: effort.readWaitMs,
    database_wait_ms: effort.databaseWaitMs,
    records: tally.records,
    events: tally.events,
    bytes: tally.bytes,
    late: tally.late,
    dropped: tally.dropped,
    arrival_width_ms: tally.arrivals.widthMs,
    arrival_buckets: [...tally.arrivals.events.keys()],
    arrival_events: [...tally.arrivals.events.values()],
  });
  try {
    const [row] = await session.query<CommitRow>({ name: 'commit_tally', text: COMMIT_TALLY.text }, values);
    if (row === undefined) throw new Error('The fenced statement answered no row');
    return row.open
      ? {
          committed: true,
          committedMs: row.committed_ms,
          rowsWritten: row.rows_written,
          pathWatermarkMs: row.path_watermark_ms,
        }
      : { committed: false, current: toCheckpoints(row) };
  } catch (error) {
    if ((error as { code?: unknown }).code === SOME_SHARDS_MOVED) return { committed: false, current: new Map() };
    throw error;
  }
}

/** The counts as columns of the statement, one array each: an entry a row, window starts as UTC text. */
function countColumns(counts: Counts): Record<string, unknown[]> {
  const columns = forAggregations((name) => ({
    starts: [] as (string | null)[],
    keys: AGGREGATIONS[name].keys.map((): (string | null)[] => []),
    hits: [] as number[],
  }));
  let latestMs = Number.NaN;
  let start: string | null = null;
  visitRows(counts, (name, windowStartMs, keys, hits) => {
    if (windowStartMs !== latestMs) start = toTimestamp(windowStartMs);
    latestMs = windowStartMs;
    const rows = columns[name];
    rows.starts.push(start);
    for (let i = 0; i < keys.length; i++) rows.keys[i]?.push(keys[i] as string | null);
    rows.hits.push(hits);
  });
  const named = AGGREGATION_NAMES.flatMap((name): [string, unknown[]][] => {
    const { starts, keys, hits } = columns[name];
    return [
      [columnName(name, 'event_hour'), starts],
      ...AGGREGATIONS[name].keys.map((key, i): [string, unknown[]] => [columnName(name, key), keys[i] ?? []]),
      [columnName(name, 'hits'), hits],
    ];
  });
  return Object.fromEntries(named);
}

const SOME_SHARDS_MOVED = 'TM001';

type CommitRow = {
  open: boolean;
  committed_ms: number;
  rows_written: number;
  path_watermark_ms: number | null;
} & CheckpointColumns;
