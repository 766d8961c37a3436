import { AGGREGATION_NAMES, AGGREGATIONS, forAggregations } from '../core/aggregations.ts';
import { type Counts, visitRows } from '../core/counts.ts';
import { type Checkpoint, checkpointAfter, type ShardProgress } from '../core/shard.ts';
import type { Tally } from '../core/tally.ts';
import { COMMIT_TALLY, columnName } from './commit-statement.ts';
import { CONNECT_TIMEOUT_MS, type Session } from './database.ts';
import { toTimestamp } from './parameters.ts';
import { type CheckpointColumns, lockPath, toCheckpoints } from './path-state.ts';

/**
 * Time that a scheduled batch keeps for its commit, ms. It may have to connect again, because a database pauses while
 * it is idle, and then runs the statement.
 */
export const COMMIT_RESERVE_MS = CONNECT_TIMEOUT_MS + 5_000;
/** Time that it keeps in addition for each row, ms. */
export const COMMIT_RESERVE_MS_PER_ROW = 0.1;

/** An invocation's use of resources, for the ledger. */
export type Effort = {
  requestId: string;
  cold: boolean;
  startedMs: number;
  memoryMb: number;
  cpuMs: number;
  readWaitMs: number;
  /** Time spent waiting for the database before this statement, ms. */
  databaseWaitMs: number;
};

export type CommitOutcome =
  | {
      committed: true;
      committedMs: number;
      rowsWritten: number;
      /** The watermark of the ledger row; null if the path has none yet. */
      pathWatermarkMs: number | null;
      /**
       * Set if a window waits for silent shards alone: the watermark that these may be raised to, if they are looked at
       * later than this and found empty.
       */
      busyWatermarkMs: number | null;
    }
  /**
   * `current` has the checkpoints at the statement's start. A shard that another writer has just registered may be
   * missing.
   */
  | { committed: false; current: Map<string, Checkpoint> };

/**
 * Writes a batch in one statement and one transaction: checkpoints, all tables of counts, quarantine and ledger row. It
 * writes nothing unless the checkpoint of every shard is still the one that the batch started from.
 *
 * A batch with late events may change windows of which it depends on other commits whether they are final. Then the statement
 * is repeated while no other commit runs, so that `after_final` is exact.
 *
 * @param effortSoFar called once, directly before the statement, because later time is the database's
 */
export async function commitTally(
  session: Session,
  stream: string,
  shards: readonly ShardProgress[],
  tally: Tally,
  effortSoFar: () => Effort,
  { alone = false }: { alone?: boolean } = {},
): Promise<CommitOutcome> {
  const columns = countColumns(tally.counts);
  const after = shards.map(checkpointAfter);
  const effort = effortSoFar(); // called after the columns are made, because that work is part of the effort
  const values = {
    stream,
    shard_ids: shards.map((shard) => shard.shardId),
    expected: shards.map((shard) => shard.from.sequenceNumber),
    expected_watermarks: shards.map((shard) => toTimestamp(shard.from.watermarkMs)),
    first: shards.map((shard) => shard.first),
    last: shards.map((shard) => shard.reached.sequenceNumber),
    watermarks: shards.map((shard) => toTimestamp(shard.reached.watermarkMs)),
    checkpoints: after.map((checkpoint) => checkpoint.sequenceNumber),
    checkpoint_watermarks: after.map((checkpoint) => toTimestamp(checkpoint.watermarkMs)),
    silent: shards.map(({ silentMs }) => (silentMs === null ? null : `${silentMs} ms`)),
    drained: shards.map((shard) => shard.drained),
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
  };
  try {
    const row = await commit(session, { ...values, alone });
    if (!row.unsettled) return outcomeOf(row);
    return await session.transaction(async () => {
      await lockPath(session);
      return outcomeOf(await commit(session, { ...values, alone: true }));
    });
  } catch (error) {
    if ((error as { code?: unknown }).code === SOME_SHARDS_MOVED) return { committed: false, current: new Map() };
    throw error;
  }
}

async function commit(session: Session, given: Readonly<Record<string, unknown>>): Promise<CommitRow> {
  const statement = { name: 'commit_tally', text: COMMIT_TALLY.text };
  const [row] = await session.query<CommitRow>(statement, COMMIT_TALLY.valuesOf(given));
  if (row === undefined) throw new Error('The fenced statement returned no row: expected one');
  return row;
}

function outcomeOf(row: CommitRow): CommitOutcome {
  if (!row.open) return { committed: false, current: toCheckpoints(row) };
  return {
    committed: true,
    committedMs: row.committed_ms,
    rowsWritten: row.rows_written,
    pathWatermarkMs: row.path_watermark_ms,
    busyWatermarkMs: row.busy_watermark_ms,
  };
}

/**
 * The counts as parameters of the statement: one array per column, with one entry per row. Window starts are UTC text.
 */
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
  busy_watermark_ms: number | null;
  unsettled: boolean;
} & CheckpointColumns;
