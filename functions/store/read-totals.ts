import { AGGREGATION_NAMES, AGGREGATIONS, type AggregationName } from '../core/aggregations.ts';
import type { Session } from './database.ts';
import { CHECKPOINT_COLUMNS, type CheckpointColumns, toCheckpoints } from './path-state.ts';

/** Progress of a path. Checkpoints are sequence numbers by shard; text, because they have up to 56 digits. */
export type Progress = {
  checkpoints: Record<string, string | null>;
  events: number;
  /** Number of committed invocations. */
  commits: number;
  /** The path's current watermark, epoch ms; windows that end by then are final. */
  watermarkMs: number | null;
};

/**
 * The totals of a path. They are the database's terms of `counted + quarantined + dropped (+ discarded + expired) =
 * sent`.
 */
export type Totals = {
  /** Sum of each table's hits; it must equal the ledger's events. */
  hits: Record<AggregationName, number>;
  events: number;
  quarantined: number;
  late: number;
  dropped: number;
  afterFinal: number;
  rowsFinal: number;
  rowsWritten: number;
  windows: number;
  openWindows: number;
  watermarkMs: number | null;
};

export async function readProgress(session: Session): Promise<Progress> {
  const [row] = await session.query<Omit<Progress, 'checkpoints'> & CheckpointColumns>(READ_PROGRESS);
  if (row === undefined) throw new Error('This schema has no settings: prepare it first');
  const checkpoints = [...toCheckpoints(row)].map(
    ([shardId, { sequenceNumber }]) => [shardId, sequenceNumber] as const,
  );
  const { events, commits, watermarkMs } = row;
  return { checkpoints: Object.fromEntries(checkpoints), events, commits, watermarkMs };
}

export async function readTotals(session: Session): Promise<Totals> {
  const [totals] = await session.query<Totals>(READ_TOTALS);
  if (totals === undefined) throw new Error('This schema has no settings: prepare it first');
  return totals;
}

/** Reads the progress for a live display. It must be cheap, because it runs every second. */
const READ_PROGRESS = {
  text: `
select
  l.events,
  l.commits,
  (extract(epoch from w.now) * 1000)::double precision as "watermarkMs",
  c.*
from path_watermark w,
  lateral (
    select coalesce(sum(events), 0)::double precision as events, count(*)::double precision as commits from ledger
  ) l,
  lateral (
    select ${CHECKPOINT_COLUMNS}
    from shard_checkpoint c, settings s
    where c.stream = s.stream
  ) c`,
};

/** SQL that sums the hits and counts the rows of an aggregation's table, under the aggregation's name. */
function sumTable(name: AggregationName): string {
  const { table } = AGGREGATIONS[name];
  return `lateral (select coalesce(sum(num_hits), 0) as hits, count(*) as rows from ${table}) "${name}",`;
}

/** Sums the tables of counts, the ledger and the quarantine. */
const READ_TOTALS = {
  text: `
select
  json_build_object(${AGGREGATION_NAMES.map((name) => `'${name}', "${name}".hits::double precision`).join(', ')}) as hits,
  l.events::double precision,
  q.lines::double precision as quarantined,
  l.late::double precision,
  l.dropped::double precision,
  l.after_final::double precision as "afterFinal",
  (${AGGREGATION_NAMES.map((name) => `"${name}".rows`).join(' + ')})::double precision as "rowsFinal",
  l.rows_written::double precision as "rowsWritten",
  n.windows::double precision,
  n.open_windows::double precision as "openWindows",
  (extract(epoch from w.now) * 1000)::double precision as "watermarkMs"
from path_watermark w,
  ${AGGREGATION_NAMES.map(sumTable).join('\n  ')}
  lateral (
    select
      coalesce(sum(events), 0) as events,
      coalesce(sum(late), 0) as late,
      coalesce(sum(dropped), 0) as dropped,
      coalesce(sum(after_final), 0) as after_final,
      coalesce(sum(rows_written), 0) as rows_written
    from ledger
  ) l,
  lateral (select count(*) as lines from quarantine) q,
  lateral (select count(*) as windows, count(*) filter (where not final) as open_windows from window_status) n`,
};
