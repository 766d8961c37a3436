import { type Checkpoint, checkpointAfter, type ShardProgress } from '../core/shard.ts';
import type { Tally } from '../core/tally.ts';
import { COMMIT_TALLY } from './commit-statement.ts';
import { countColumns } from './count-columns.ts';
import type { Session } from './database.ts';
import { type CheckpointColumns, toCheckpoints } from './path-state.ts';
import { toTimestamp } from './timestamp.ts';

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
 * Writes a batch in one statement, one round trip, one transaction: checkpoints, both tables, quarantine, ledger row.
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
  const values = [
    stream,
    shards.map((shard) => shard.shardId),
    shards.map((shard) => shard.from.sequenceNumber),
    shards.map((shard) => shard.first),
    shards.map((shard) => shard.reached.sequenceNumber),
    shards.map((shard) => toTimestamp(shard.reached.watermarkMs)),
    after.map((checkpoint) => checkpoint.sequenceNumber),
    after.map((checkpoint) => toTimestamp(checkpoint.watermarkMs)),
    shards.map((shard) => shard.holdsBack),
    columns.hostStarts,
    columns.hosts,
    columns.hostHits,
    columns.sourceStarts,
    columns.sourceHosts,
    columns.referrers,
    columns.sourceHits,
    tally.quarantined.map((line) => line.shardId),
    tally.quarantined.map((line) => line.sequenceNumber),
    tally.quarantined.map((line) => line.position),
    tally.quarantined.map((line) => line.reason),
    tally.quarantined.map((line) => line.bytes),
    effort.requestId,
    effort.cold,
    effort.startedMs,
    effort.memoryMb,
    effort.cpuMs,
    effort.readWaitMs,
    effort.databaseWaitMs,
    tally.records,
    tally.events,
    tally.bytes,
    tally.late,
    tally.dropped,
    tally.arrivals.widthMs,
    [...tally.arrivals.events.keys()],
    [...tally.arrivals.events.values()],
  ];
  try {
    const [row] = await session.query<CommitRow>(COMMIT_TALLY, values);
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

const SOME_SHARDS_MOVED = 'TM001';

type CommitRow = {
  open: boolean;
  committed_ms: number;
  rows_written: number;
  path_watermark_ms: number | null;
} & CheckpointColumns;
