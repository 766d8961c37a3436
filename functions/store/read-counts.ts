import { AGGREGATIONS, type AggregationName, type CountRow, KEYS, type Key } from '../core/aggregations.ts';
import type { Session } from './database.ts';
import { toTimestamp, withParameters } from './parameters.ts';

/** Maximum rows and bytes of keys of a page. The limit on bytes keeps an answer with any keys below 6 MB of JSON. */
const PAGE = { rows: 20_000, bytes: 800_000 };

export type CountPage<Name extends AggregationName> = { rows: CountRow<Name>[]; more: boolean };

/** Reads the rows of an aggregation after `after`, in the order of their keys. Null comes after all other values of a key. */
export async function readCounts<Name extends AggregationName>(
  session: Session,
  name: Name,
  after: CountRow<Name> | null,
): Promise<CountPage<Name>> {
  const { text, valuesOf } = readPage(name);
  const keys = AGGREGATIONS[name].keys.map((key) => [key, (after as Record<string, unknown> | null)?.[key] ?? null]);
  const event_hour = after === null ? null : toTimestamp(after.windowStartMs);
  const values = valuesOf({ event_hour, ...Object.fromEntries(keys), page_rows: PAGE.rows, page_bytes: PAGE.bytes });
  const rows = await session.query<CountRow<Name> & { more: boolean }>({ text }, values);
  const more = rows.at(-1)?.more ?? false;
  return { rows: rows.map(({ more: _, ...row }) => row as unknown as CountRow<Name>), more };
}

/** The statement that reads a page of one table, in the order of its keys. */
function readPage(name: AggregationName) {
  const { table, keys }: { table: string; keys: readonly Key[] } = AGGREGATIONS[name];
  const order = ['event_hour', ...keys.map((key) => (KEYS[key].nullable ? `${key} nulls last` : key))].join(', ');
  return withParameters(`
with page as (
  select t.*,
    sum(${keys.map((key) => `coalesce(octet_length(${key}), 0)`).join(' + ')} + ${40 + 20 * keys.length}) over w as bytes,
    count(*) over w as position
  from (
    select * from ${table}
    where :event_hour::timestamp is null
      or ${followsIn(keys).join('\n      or ')}
    order by ${order}
    limit :page_rows::int + 1
  ) t
  window w as (order by ${order} rows unbounded preceding)
)
select
  (extract(epoch from event_hour) * 1000)::double precision as "windowStartMs",
  ${keys.join(', ')},
  num_hits::text as hits,
  exists (select from page where position > :page_rows::int or (position > 1 and bytes > :page_bytes::bigint)) as more
from page
where position <= :page_rows::int and (position = 1 or bytes <= :page_bytes::bigint)
order by position`);
}

/**
 * SQL conditions, one of which holds for each row after the previous page's last row. The keys that can't be null are
 * compared as one row, so that the index serves them. In the other keys null follows every text, and nothing follows
 * null.
 */
function followsIn(keys: readonly Key[]): string[] {
  const text = keys.findIndex((key) => KEYS[key].nullable);
  const whole = text === -1 ? keys : keys.slice(0, text);
  const row = `(${['event_hour', ...whole].join(', ')})`;
  const last = `(${[':event_hour::timestamp', ...whole.map(lastOf)].join(', ')})`;
  const rest = keys.slice(whole.length).map((key, i, others) => {
    const alike = others.slice(0, i).map((other) => ` and ${other} is not distinct from ${lastOf(other)}`);
    const behind = `(${key} > ${lastOf(key)} or (${key} is null and ${lastOf(key)} is not null))`;
    return `(${row} = ${last}${alike.join('')} and ${behind})`;
  });
  return [`${row} > ${last}`, ...rest];
}

function lastOf(key: Key): string {
  return `:${key}::${KEYS[key].type}`;
}
