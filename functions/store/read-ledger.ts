import type { Session } from './database.ts';

/** Approximate size of a page of JSON, bytes. A function's answer may have 6 MB. */
const PAGE_BYTES = 3_000_000;

/** Reads the ledger's rows after `afterId`, in the order of their ids. */
export async function readLedger(session: Session, afterId: string): Promise<{ rows: LedgerRow[]; more: boolean }> {
  const rows = await session.query<LedgerColumns & { more: boolean }>(READ_LEDGER, [afterId, PAGE_BYTES]);
  const more = rows.at(-1)?.more ?? false;
  return { rows: rows.map(({ more: _, ...row }) => toLedgerRow(row)), more };
}

/** The ledger row of one invocation. Times are epoch ms, durations ms, memory MB; sequence numbers are text. */
export type LedgerRow = Omit<LedgerColumns, ArrayColumn> & {
  shards: { shardId: string; before: string | null; first: string | null; last: string | null }[];
  /** Histogram of the arrivals of the counted events; bucket b begins at b × widthMs. */
  arrivals: { widthMs: number; buckets: number[]; events: number[] };
};

type ArrayColumn = 'shardIds' | 'before' | 'first' | 'last' | 'arrivalWidthMs' | 'arrivalBuckets' | 'arrivalEvents';

type LedgerColumns = {
  id: string;
  requestId: string;
  cold: boolean;
  startedMs: number;
  committedMs: number;
  shardIds: string[];
  before: (string | null)[];
  first: (string | null)[];
  last: (string | null)[];
  records: number;
  events: number;
  bytes: number;
  rowsWritten: number;
  rowsFresh: number;
  late: number;
  dropped: number;
  afterFinal: number;
  quarantined: number;
  pathWatermarkMs: number | null;
  memoryMb: number;
  cpuMs: number;
  readWaitMs: number;
  databaseWaitMs: number;
  arrivalWidthMs: number;
  arrivalBuckets: number[];
  arrivalEvents: number[];
};

function toLedgerRow(columns: LedgerColumns): LedgerRow {
  const { shardIds, before, first, last, arrivalWidthMs, arrivalBuckets, arrivalEvents, ...row } = columns;
  const shards = shardIds.map((shardId, i) => ({
    shardId,
    before: before[i] ?? null,
    first: first[i] ?? null,
    last: last[i] ?? null,
  }));
  return { ...row, shards, arrivals: { widthMs: arrivalWidthMs, buckets: arrivalBuckets, events: arrivalEvents } };
}

/** Reads a page of the ledger, limited by size, because a row has three sequence numbers per shard and up to 512 buckets. */
const READ_LEDGER = {
  text: `
with page as (
  select
    id,
    row_number() over w as position,
    sum(1000 + 260 * cardinality(shard_ids) + 30 * cardinality(arrival_buckets)) over w as bytes
  from (select * from ledger where id > $1::bigint order by id limit 5000) l
  window w as (order by id rows unbounded preceding)
),
taken as (
  select id from page where position = 1 or bytes <= $2::bigint
)
select
  id::text,
  request_id as "requestId",
  cold,
  (extract(epoch from started) * 1000)::double precision as "startedMs",
  (extract(epoch from committed) * 1000)::double precision as "committedMs",
  shard_ids as "shardIds",
  checkpoints_before::text[] as before,
  first_sequence_numbers::text[] as first,
  last_sequence_numbers::text[] as last,
  records::double precision,
  events::double precision,
  bytes::double precision,
  rows_written::double precision as "rowsWritten",
  rows_fresh::double precision as "rowsFresh",
  late::double precision,
  dropped::double precision,
  after_final::double precision as "afterFinal",
  quarantined::double precision,
  (extract(epoch from path_watermark) * 1000)::double precision as "pathWatermarkMs",
  memory_mb as "memoryMb",
  cpu_ms as "cpuMs",
  read_wait_ms as "readWaitMs",
  database_wait_ms as "databaseWaitMs",
  arrival_width_ms as "arrivalWidthMs",
  arrival_buckets::double precision[] as "arrivalBuckets",
  arrival_events::double precision[] as "arrivalEvents",
  exists (select from ledger l where l.id > (select max(t.id) from taken t)) as more
from ledger join taken using (id)
order by ledger.id`,
};
