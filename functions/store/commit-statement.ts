import { AGGREGATION_NAMES, AGGREGATIONS, type AggregationName, KEYS, type Key } from '../core/aggregations.ts';
import { withParameters } from './parameters.ts';
import { CHECKPOINT_COLUMNS } from './path-state.ts';

/** Name of the CTE that writes an aggregation's table, such as `by_source`. */
function writesOf(name: AggregationName): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const WRITES = AGGREGATION_NAMES.map(writesOf);

/** Name of the parameter with one column of an aggregation's rows, such as `by_source_referrer`. */
export function columnName(name: AggregationName, column: 'event_hour' | Key | 'hits'): string {
  return `${writesOf(name)}_${column}`;
}

function columnOf(name: AggregationName, column: 'event_hour' | Key | 'hits'): string {
  return `:${columnName(name, column)}`;
}

/** The CTE that adds a batch's counts to an aggregation's table. */
function writeCounts(name: AggregationName): string {
  const { table, keys }: { table: string; keys: readonly Key[] } = AGGREGATIONS[name];
  const columns = ['event_hour', ...keys].join(', ');
  const arrays = keys.map((key) => `${columnOf(name, key)}::${KEYS[key].type}[]`).join(', ');
  const selected = keys.map((key) => `u.${key}`).join(', ');
  const sorted = keys.map((key) => `u.${key} collate "${KEYS[key].collation}"`).join(', ');
  return `${writesOf(name)} as (
  insert into ${table} as t (${columns}, num_hits)
  select u.event_hour, ${selected}, u.hits
  from gate, unnest(${columnOf(name, 'event_hour')}::timestamp[], ${arrays}, ${columnOf(name, 'hits')}::bigint[])
    as u(${columns}, hits)
  where gate.open
  order by u.event_hour, ${sorted}
  on conflict (${columns}) do update set num_hits = t.num_hits + excluded.num_hits
  returning (xmax = 0) as fresh
),`;
}

/**
 * The fenced statement writes a batch in one round trip and one transaction, or writes nothing. docs/adr/0001 gives the
 * reason for the order of its steps; commit.ts supplies its parameters.
 */
export const COMMIT_TALLY = withParameters(`
with want as (
  select
    w.shard_id, w.expected, w.expected_watermark, w.checkpoint, w.watermark,
    w.drained or not coalesce(c.holds_back, true) as drained,
    coalesce(coalesce(w.silent, clock_timestamp() - c.moved_at) >= s.idle_timeout, false) as idle
  from settings s,
    unnest(
      :shard_ids::text[], :expected::numeric[], :expected_watermarks::timestamp[],
      :checkpoints::numeric[], :checkpoint_watermarks::timestamp[], :silent::interval[], :drained::boolean[]
    ) as w(shard_id, expected, expected_watermark, checkpoint, watermark, silent, drained)
    left join shard_checkpoint c on c.stream = :stream and c.shard_id = w.shard_id
),
-- all shards that the path waits for: those of this batch as they will be, the others from the snapshot
shard as (
  select watermark, idle, true as named
  from want
  where not drained
  union all
  select c.watermark, c.moved_at <= clock_timestamp() - s.idle_timeout, false
  from shard_checkpoint c, settings s
  where c.stream = :stream and c.holds_back and c.shard_id <> all (:shard_ids::text[])
),
-- the least watermark of the shards that are not idle
busy as materialized (
  select case when bool_and(watermark is not null) then min(watermark) end as watermark
  from shard
  where not idle
),
path as materialized (
  select
    w.now as before,
    b.watermark as busy,
    -- an idle shard of this batch is proven empty, so it goes along with the busy ones; of the others nothing is proven
    (
      select case when bool_and(after is not null) then min(after) end
      from (select case when idle and named then greatest(watermark, b.watermark) else watermark end as after from shard) s
    ) as after,
    -- another commit may move the path's watermark to at most the one that this batch's shards still have
    not :alone::boolean and exists (
      select from unnest(${columnOf('byHost', 'event_hour')}::timestamp[]) as u(event_hour), settings s
      where u.event_hour + s.window_size > coalesce(w.now, '-infinity')
        and u.event_hour + s.window_size <= (select min(expected_watermark) from want)
    ) as unsettled
  from path_watermark w, busy b
),
fence as (
  insert into shard_checkpoint as c
    (stream, shard_id, sequence_number, previous_sequence_number, watermark, holds_back)
  select
    :stream, w.shard_id, w.checkpoint, w.expected,
    case when w.idle then greatest(w.watermark, p.busy) else w.watermark end, not w.drained
  from want w, path p
  where not p.unsettled
    and exists (select from shard_checkpoint x where x.stream = :stream and x.shard_id = w.shard_id)
  order by w.shard_id
  on conflict (stream, shard_id) do update set
    sequence_number = excluded.sequence_number,
    previous_sequence_number = excluded.previous_sequence_number,
    watermark = excluded.watermark,
    holds_back = excluded.holds_back,
    moved_at = case when c.sequence_number is distinct from excluded.sequence_number then clock_timestamp() else c.moved_at end
  where c.sequence_number is not distinct from excluded.previous_sequence_number
    and c.watermark is not distinct from (select expected_watermark from want w where w.shard_id = c.shard_id)
  returning 1
),
gate as materialized (
  select all_or_nothing(count(*), cardinality(:shard_ids::text[])) as open from fence
),
-- the rows are sorted, so that writers on different shards take row locks in the same order and can't deadlock
${AGGREGATION_NAMES.map(writeCounts).join('\n')}
held as (
  insert into quarantine (stream, shard_id, sequence_number, position, reason, bytes)
  select :stream, u.*
  from gate, unnest(:quarantine_shard_ids::text[], :quarantine_sequence_numbers::numeric[], :quarantine_positions::int[], :quarantine_reasons::text[], :quarantine_bytes::bytea[]) as u
  where gate.open
  returning 1
),
-- counts of the writes above for the ledger row; reading them makes that row, and its commit time, come last
done as materialized (
  select
    ${WRITES.map((by) => `(select count(*) from ${by})`).join(' + ')} as rows_written,
    ${WRITES.map((by) => `(select count(*) from ${by} where fresh)`).join(' + ')} as rows_fresh,
    (select count(*) from held) as quarantined
),
entry as (
  insert into ledger (
    stream, request_id, cold, started, committed,
    shard_ids, checkpoints_before, first_sequence_numbers, last_sequence_numbers, watermarks,
    records, events, bytes, rows_written, rows_fresh, late, dropped, after_final, quarantined, path_watermark,
    memory_mb, cpu_ms, read_wait_ms, database_wait_ms, arrival_width_ms, arrival_buckets, arrival_events
  )
  select
    :stream, :request_id::text, :cold::boolean, to_timestamp(:started_ms::double precision / 1000), clock_timestamp(),
    :shard_ids::text[], :expected::numeric[], :first::numeric[], :last::numeric[], :watermarks::timestamp[],
    :records::bigint, :events::bigint, :bytes::bigint, d.rows_written, d.rows_fresh, :late::bigint, :dropped::bigint,
    (
      select coalesce(sum(u.hits), 0)
      from unnest(${columnOf('byHost', 'event_hour')}::timestamp[], ${columnOf('byHost', 'hits')}::bigint[]) as u(event_hour, hits)
      where u.event_hour + s.window_size <= p.before
    ),
    d.quarantined, p.after,
    :memory_mb::double precision, :cpu_ms::double precision, :read_wait_ms::double precision,
    :database_wait_ms::double precision + extract(epoch from clock_timestamp() - transaction_timestamp()) * 1000,
    :arrival_width_ms::double precision, :arrival_buckets::bigint[], :arrival_events::bigint[]
  from gate, path p, settings s, done d
  where gate.open
  returning committed, rows_written, path_watermark
)
select
  gate.open,
  (select (extract(epoch from committed) * 1000)::double precision from entry) as committed_ms,
  (select rows_written::int from entry) as rows_written,
  (select (extract(epoch from path_watermark) * 1000)::double precision from entry) as path_watermark_ms,
  p.unsettled,
  -- set where a window waits for silent shards alone
  (
    select (extract(epoch from p.busy) * 1000)::double precision
    from settings s
    where p.after is null or date_bin(s.window_size, p.busy, 'epoch') > date_bin(s.window_size, p.after, 'epoch')
  ) as busy_watermark_ms,
  current.*
from gate, path p, lateral (
  select ${CHECKPOINT_COLUMNS}
  from shard_checkpoint c
  where not gate.open and c.stream = :stream and c.shard_id = any (:shard_ids::text[])
) current`);
