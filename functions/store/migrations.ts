import { type Aggregation, KEYS } from '../core/aggregations.ts';

/**
 * The migrations of a path's schema, in order. A released migration is never edited, so these spell out their tables. A new
 * aggregation is one more migration: `createTable(…) + createViewsOf(…)`. A new column has a default, because deployed functions
 * still write rows without it while the migration runs.
 */
export const MIGRATIONS: readonly string[] = [createTables(), createViews(), proveFinality()];

/** SQL that creates the table of an aggregation. */
export function createTable({ table, keys }: Aggregation): string {
  const columns = keys.map((key) => {
    const { type, collation, nullable } = KEYS[key];
    return `  ${key} ${type} collate "${collation}"${nullable ? '' : ' not null'},`;
  });
  const nulls = keys.some((key) => KEYS[key].nullable) ? ' nulls not distinct' : '';
  return `create table ${table} (
  event_hour timestamp(3) not null,
${columns.join('\n')}
  num_hits bigint not null,
  unique${nulls} (event_hour, ${keys.join(', ')})
) with (fillfactor = 70);
`;
}

/** SQL that creates the views of an aggregation's final rows and of its rows that can still change. */
export function createViewsOf({ table }: Aggregation): string {
  return `create view ${table}_final as
select t.* from ${table} t, settings s, path_watermark w
where t.event_hour + s.window_size <= w.now;

create view ${table}_open as
select t.* from ${table} t, settings s, path_watermark w
where (t.event_hour + s.window_size <= w.now) is not true;
`;
}

function createTables(): string {
  return `
-- event_hour is the window's start, whatever the window's size: the names are those of the job that is put to the test
-- fillfactor: most writes are updates, and they stay on their page (heap-only) while there is no index beside the key
-- collate "C": keys compare by bytes, whatever library version sorts text on the server
create table processed_events_aggregated (
  event_hour timestamp(3) not null,
  host varchar collate "C" not null,
  num_hits bigint not null,
  unique (event_hour, host)
) with (fillfactor = 70);

create table processed_events_aggregated_source (
  event_hour timestamp(3) not null,
  host varchar collate "C" not null,
  referrer varchar collate "C",
  num_hits bigint not null,
  unique nulls not distinct (event_hour, host, referrer)
) with (fillfactor = 70);

create table settings (
  only_row boolean primary key default true check (only_row),
  path text not null check (path in ('micro_batch', 'scheduled_batch')),
  stream text not null,
  window_size interval not null,
  idle_timeout interval not null,
  counting jsonb not null
);

create table shard_checkpoint (
  stream text not null,
  shard_id text not null,
  sequence_number numeric,
  previous_sequence_number numeric,
  watermark timestamp(3),
  path_watermark timestamp(3),
  holds_back boolean not null default true,
  moved_at timestamptz not null default clock_timestamp(),
  primary key (stream, shard_id)
) with (fillfactor = 50);

create table quarantine (
  stream text not null,
  shard_id text not null,
  sequence_number numeric not null,
  position int not null,
  reason text not null,
  bytes bytea not null,
  primary key (stream, shard_id, sequence_number, position)
);

create table quarantine_reason (
  reason text primary key,
  expected text not null,
  next_step text not null
);

create table ledger (
  id bigint generated always as identity primary key,
  stream text not null,
  request_id text not null,
  cold boolean not null,
  started timestamptz not null,
  committed timestamptz not null,
  shard_ids text[] not null,
  checkpoints_before numeric[] not null,
  first_sequence_numbers numeric[] not null,
  last_sequence_numbers numeric[] not null,
  watermarks timestamp(3)[] not null,
  records bigint not null,
  events bigint not null,
  bytes bigint not null,
  rows_written bigint not null,
  rows_fresh bigint not null,
  late bigint not null,
  dropped bigint not null,
  after_final bigint not null,
  quarantined bigint not null,
  path_watermark timestamp(3),
  memory_mb double precision not null,
  cpu_ms double precision not null,
  read_wait_ms double precision not null,
  database_wait_ms double precision not null,
  arrival_width_ms double precision not null,
  arrival_buckets bigint[] not null,
  arrival_events bigint[] not null
);

-- by range, to find which of a micro-batch's records were counted: a micro-batch is of one shard
create index ledger_range on ledger ((shard_ids[1]), (last_sequence_numbers[1]));

-- none of the shards matched: refused, nothing is written; some did: the whole statement rolls back
create function all_or_nothing(matched bigint, wanted int) returns boolean language plpgsql as $$
begin
  if matched not in (0, wanted) then
    raise exception 'fenced: % of % shards', matched, wanted using errcode = 'TM001';
  end if;
  return matched = wanted;
end
$$;
`;
}

function createViews(): string {
  return `
-- the path's watermark: proven by a statement, and as of now, when shards that fell idle since no longer hold it back
create view path_watermark as
select
  shard.proven,
  greatest(
    shard.proven,
    case
      when settings.path = 'scheduled_batch' then null
      when not shard.any_holds then shard.greatest
      when shard.all_known then shard.least
    end
  ) as now
from settings, lateral (
  select
    max(c.path_watermark) as proven,
    bool_or(h.holds) as any_holds,
    bool_and(c.watermark is not null) filter (where h.holds) as all_known,
    min(c.watermark) filter (where h.holds) as least,
    max(c.watermark) as greatest
  from shard_checkpoint c,
    lateral (select c.holds_back and c.moved_at > clock_timestamp() - settings.idle_timeout as holds) h
  where c.stream = settings.stream
) shard;

-- every window with counts, and whether the path can still be expected to change it
create view window_status as
select
  t.event_hour,
  t.event_hour + s.window_size as window_end,
  count(*) as hosts,
  sum(t.num_hits)::bigint as num_hits,
  coalesce(t.event_hour + s.window_size <= w.now, false) as final
from processed_events_aggregated t, settings s, path_watermark w
group by t.event_hour, s.window_size, w.now;

-- emit-once readers read these two
create view processed_events_aggregated_final as
select t.* from processed_events_aggregated t, settings s, path_watermark w
where t.event_hour + s.window_size <= w.now;

create view processed_events_aggregated_source_final as
select t.* from processed_events_aggregated_source t, settings s, path_watermark w
where t.event_hour + s.window_size <= w.now;

-- counts as they grow
create view processed_events_aggregated_open as
select t.* from processed_events_aggregated t, settings s, path_watermark w
where (t.event_hour + s.window_size <= w.now) is not true;

create view processed_events_aggregated_source_open as
select t.* from processed_events_aggregated_source t, settings s, path_watermark w
where (t.event_hour + s.window_size <= w.now) is not true;

-- what was set aside, what was expected instead, and what to do about it
create view quarantine_explained as
select q.stream, q.shard_id, q.sequence_number, q.position, q.reason, r.expected, r.next_step, q.bytes
from quarantine q left join quarantine_reason r using (reason);
`;
}

/** What is final is proven by the stream, and rests on no clock: docs/adr/0029. */
function proveFinality(): string {
  return `
-- a window that readers have seen final stays final; shard_checkpoint.path_watermark is no longer used
update shard_checkpoint set watermark = greatest(watermark, (select now from path_watermark)), holds_back = true;
alter table shard_checkpoint add column looked_at timestamptz not null default '-infinity';

-- the least watermark of all shards that the path waits for: as no checkpoint goes back, neither does this
create or replace view path_watermark as
select path.watermark as proven, path.watermark as now
from settings s, lateral (
  select case when bool_and(c.watermark is not null) then min(c.watermark) end as watermark
  from shard_checkpoint c
  where c.stream = s.stream and c.holds_back
) path;
`;
}
