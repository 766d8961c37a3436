import type { Statement } from './database.ts';
import { CHECKPOINT_COLUMNS } from './path-state.ts';

/**
 * The fenced statement: a batch in one round trip and one transaction, or nothing. docs/adr/0001 says why each step stands
 * where it does; commit.ts says what its parameters are.
 */
export const COMMIT_TALLY: Statement = {
  name: 'commit_tally',
  text: `
with want as (
  select * from unnest($2::text[], $3::numeric[], $7::numeric[], $8::timestamp[], $9::boolean[])
    as w(shard_id, expected, checkpoint, watermark, holds_back)
),
-- other shards as the snapshot has them, our own as they will be: never ahead of what is proven
-- a scheduled batch names every shard there is; the micro-batch path's others hold back until they fall idle
shard as (
  select c.watermark, c.holds_back and c.moved_at > clock_timestamp() - s.idle_timeout as holds_back
  from shard_checkpoint c, settings s
  where c.stream = $1 and c.shard_id <> all ($2::text[]) and s.path = 'micro_batch'
  union all
  select watermark, holds_back from want
),
path as materialized (
  select
    -- as readers have seen it, idleness and all, so that what was final stays final
    (select now from path_watermark) as before,
    case
      when not bool_or(holds_back) then max(watermark)
      when bool_and(watermark is not null) filter (where holds_back) then min(watermark) filter (where holds_back)
    end as least
  from shard
),
fence as (
  insert into shard_checkpoint as c
    (stream, shard_id, sequence_number, previous_sequence_number, watermark, path_watermark, holds_back, moved_at)
  select $1, w.shard_id, w.checkpoint, w.expected, w.watermark, greatest(p.before, p.least), w.holds_back, clock_timestamp()
  from want w, path p
  where w.expected is null
    or exists (select from shard_checkpoint x where x.stream = $1 and x.shard_id = w.shard_id)
  order by w.shard_id
  on conflict (stream, shard_id) do update set
    sequence_number = excluded.sequence_number,
    previous_sequence_number = excluded.previous_sequence_number,
    watermark = greatest(c.watermark, excluded.watermark),
    path_watermark = greatest(c.path_watermark, excluded.path_watermark),
    holds_back = excluded.holds_back,
    moved_at = excluded.moved_at
  where c.sequence_number is not distinct from excluded.previous_sequence_number
  returning 1
),
gate as materialized (
  select all_or_nothing(count(*), cardinality($2::text[])) as open from fence
),
-- sorted, so that writers on different shards take their row locks in one order and can't deadlock
by_host as (
  insert into processed_events_aggregated as t (event_hour, host, num_hits)
  select u.event_hour, u.host, u.hits
  from gate, unnest($10::timestamp[], $11::varchar[], $12::bigint[]) as u(event_hour, host, hits)
  where gate.open
  order by u.event_hour, u.host collate "C"
  on conflict (event_hour, host) do update set num_hits = t.num_hits + excluded.num_hits
  returning (xmax = 0) as fresh
),
by_source as (
  insert into processed_events_aggregated_source as t (event_hour, host, referrer, num_hits)
  select u.event_hour, u.host, u.referrer, u.hits
  from gate, unnest($13::timestamp[], $14::varchar[], $15::varchar[], $16::bigint[])
    as u(event_hour, host, referrer, hits)
  where gate.open
  order by u.event_hour, u.host collate "C", u.referrer collate "C"
  on conflict (event_hour, host, referrer) do update set num_hits = t.num_hits + excluded.num_hits
  returning (xmax = 0) as fresh
),
held as (
  insert into quarantine (stream, shard_id, sequence_number, position, reason, bytes)
  select $1, u.*
  from gate, unnest($17::text[], $18::numeric[], $19::int[], $20::text[], $21::bytea[]) as u
  where gate.open
  returning 1
),
-- what the ledger row needs of the writes above; reading it here forces the row, and its clock, to come last
done as materialized (
  select
    (select count(*) from by_host) + (select count(*) from by_source) as rows_written,
    (select count(*) from by_host where fresh) + (select count(*) from by_source where fresh) as rows_fresh,
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
    $1, $22::text, $23::boolean, to_timestamp($24::double precision / 1000), clock_timestamp(),
    $2::text[], $3::numeric[], $4::numeric[], $5::numeric[], $6::timestamp[],
    $29::bigint, $30::bigint, $31::bigint, d.rows_written, d.rows_fresh, $32::bigint, $33::bigint,
    (
      select coalesce(sum(u.hits), 0)
      from unnest($10::timestamp[], $12::bigint[]) as u(event_hour, hits)
      where u.event_hour + s.window_size <= p.before
    ),
    d.quarantined, greatest(p.before, p.least),
    $25::double precision, $26::double precision, $27::double precision,
    $28::double precision + extract(epoch from clock_timestamp() - transaction_timestamp()) * 1000,
    $34::double precision, $35::bigint[], $36::bigint[]
  from gate, path p, settings s, done d
  where gate.open
  returning committed, rows_written, path_watermark
)
select
  gate.open,
  (select (extract(epoch from committed) * 1000)::double precision from entry) as committed_ms,
  (select rows_written::int from entry) as rows_written,
  (select (extract(epoch from path_watermark) * 1000)::double precision from entry) as path_watermark_ms,
  current.*
from gate, lateral (
  select ${CHECKPOINT_COLUMNS}
  from shard_checkpoint c
  where not gate.open and c.stream = $1 and c.shard_id = any ($2::text[])
) current`,
};
