import type { CountedRange } from '../core/uncounted.ts';
import { NO_WATERMARK } from '../core/window.ts';
import type { Session } from './database.ts';

/**
 * Reads the ledger's ranges around the records from `first` to `last`: the ranges that overlap them, the one before
 * them, and all after them up to the next one that moved the checkpoint, in the order of the stream.
 */
export async function readRanges(
  session: Session,
  stream: string,
  shardId: string,
  first: string,
  last: string,
): Promise<CountedRange[]> {
  const rows = await session.query<RangeColumns>(READ_RANGES, [stream, shardId, first, last]);
  return rows.map(({ watermark_ms, ...range }) => ({ ...range, watermarkMs: watermark_ms ?? NO_WATERMARK }));
}

type RangeColumns = { before: string | null; first: string; last: string; watermark_ms: number | null };

/** Reads the ledger around a range of a shard by the index for it. A row without a first sequence number counted nothing. */
const READ_RANGES = {
  text: `
with counted as not materialized (
  select
    checkpoints_before[1] as before,
    first_sequence_numbers[1] as first,
    last_sequence_numbers[1] as last,
    watermarks[1] as watermark
  from ledger
  where stream = $1 and shard_ids[1] = $2 and first_sequence_numbers[1] is not null
),
mover as (
  select last
  from counted
  where last > $4::numeric and first > $4::numeric and (before is null or before < first)
  order by last
  limit 1
)
select
  before::text,
  first::text,
  last::text,
  (extract(epoch from watermark) * 1000)::double precision as watermark_ms
from (
  (select * from counted where last < $3::numeric order by last desc limit 1)
  union all
  select * from counted where last >= $3::numeric and last <= coalesce((select last from mover), 'infinity'::numeric)
) around
order by around.last`,
};
