import type { Session } from './database.ts';
import { toTimestamp } from './timestamp.ts';

export type CountRow = { windowStartMs: number; host: string; hits: string };
export type SourceRow = CountRow & { referrer: string | null };

/** A page ends after so many rows or, so that an answer of any keys stays below 6 MB of JSON, so many bytes of keys. */
const PAGE = { rows: 20_000, bytes: 800_000 };

/** The rows of the first table in key order, from behind `after` on. */
export function readCounts(session: Session, after: CountRow | null): Promise<{ rows: CountRow[]; more: boolean }> {
  return readPage<CountRow>(
    session,
    READ_COUNTS,
    after === null ? [null, null] : [toTimestamp(after.windowStartMs), after.host],
  );
}

/** The rows of the second table in key order, from behind `after` on; a null referrer stands last of its host. */
export function readCountsBySource(
  session: Session,
  after: SourceRow | null,
): Promise<{ rows: SourceRow[]; more: boolean }> {
  const values = after === null ? [null, null, null] : [toTimestamp(after.windowStartMs), after.host, after.referrer];
  return readPage<SourceRow>(session, READ_COUNTS_BY_SOURCE, values);
}

async function readPage<Row extends object>(
  session: Session,
  statement: { text: string },
  after: (string | null)[],
): Promise<{ rows: Row[]; more: boolean }> {
  const rows = await session.query<Row & { more: boolean }>(statement, [...after, PAGE.rows, PAGE.bytes]);
  const more = rows.at(-1)?.more ?? false;
  return { rows: rows.map(({ more: _, ...row }) => row as unknown as Row), more };
}

/** A page of the first table, in key order. */
const READ_COUNTS = {
  text: `
with page as (
  select event_hour, host, num_hits, sum(octet_length(host) + 60) over w as bytes, count(*) over w as position
  from (
    select * from processed_events_aggregated
    where $1::timestamp is null or (event_hour, host) > ($1::timestamp, $2::varchar)
    order by event_hour, host
    limit $3::int + 1
  ) t
  window w as (order by event_hour, host)
)
select
  (extract(epoch from event_hour) * 1000)::double precision as "windowStartMs",
  host,
  num_hits::text as hits,
  exists (select from page where position > $3::int or (position > 1 and bytes > $4::bigint)) as more
from page
where position <= $3::int and (position = 1 or bytes <= $4::bigint)
order by position`,
};

/** A page of the second table, in key order, null referrers last. */
const READ_COUNTS_BY_SOURCE = {
  text: `
with page as (
  select event_hour, host, referrer, num_hits,
    sum(octet_length(host) + coalesce(octet_length(referrer), 0) + 80) over w as bytes, count(*) over w as position
  from (
    select * from processed_events_aggregated_source
    where $1::timestamp is null
      or (event_hour, host) > ($1::timestamp, $2::varchar)
      or ((event_hour, host) = ($1::timestamp, $2::varchar) and (referrer > $3::varchar or (referrer is null and $3::varchar is not null)))
    order by event_hour, host, referrer nulls last
    limit $4::int + 1
  ) t
  window w as (order by event_hour, host, referrer nulls last rows unbounded preceding)
)
select
  (extract(epoch from event_hour) * 1000)::double precision as "windowStartMs",
  host,
  referrer,
  num_hits::text as hits,
  exists (select from page where position > $4::int or (position > 1 and bytes > $5::bigint)) as more
from page
where position <= $4::int and (position = 1 or bytes <= $5::bigint)
order by position`,
};
