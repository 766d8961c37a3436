import type { Checkpoint } from '../core/shard.ts';
import type { Session } from './database.ts';
import { toTimestamp } from './parameters.ts';
import { CHECKPOINT_COLUMNS, type CheckpointColumns, lockPath, toCheckpoints } from './path-state.ts';

/** A shard that was looked at: nothing followed its checkpoint. */
export type EmptyShard = { shardId: string; sequenceNumber: string | null };

/** The closed shards that a split or a merge ended, and the shards that continue them. */
export type Resharding = { parents: readonly EmptyShard[]; childIds: readonly string[] };

/**
 * Claims the shards that have been silent for the idle timeout, so that they are looked at by one environment, once a second.
 *
 * @returns their checkpoints
 */
export async function claimSilentShards(session: Session, stream: string): Promise<Map<string, Checkpoint>> {
  const [row] = await session.query<CheckpointColumns>(CLAIM_SILENT_SHARDS, [stream]);
  return row === undefined ? new Map() : toCheckpoints(row);
}

/**
 * Raises the watermarks of shards that were found empty, unless they have moved since.
 *
 * @param watermarkMs the least watermark of the busy shards before the look
 * @returns the new checkpoints
 */
export async function raiseWatermarks(
  session: Session,
  stream: string,
  shards: readonly EmptyShard[],
  watermarkMs: number,
): Promise<Map<string, Checkpoint>> {
  const raised = new Map<string, Checkpoint>();
  for (const { shardId, sequenceNumber } of shards) {
    // One statement a shard: of two environments, none holds a row that the other waits for.
    const values = [stream, shardId, sequenceNumber, toTimestamp(watermarkMs)];
    const [row] = await session.query<CheckpointColumns>(RAISE_WATERMARK, values);
    for (const [id, checkpoint] of row === undefined ? [] : toCheckpoints(row)) raised.set(id, checkpoint);
  }
  return raised;
}

/**
 * Ends the wait for closed shards. The shards that continue them are registered, and begin with the least watermark of their
 * parents. Nothing happens if a parent has moved since it was looked at.
 */
export async function followResharding(
  session: Session,
  stream: string,
  { parents, childIds }: Resharding,
): Promise<void> {
  await session.transaction(async () => {
    await lockPath(session);
    const ids = parents.map(({ shardId }) => shardId);
    await session.query(FOLLOW_RESHARDING, [
      stream,
      ids,
      parents.map(({ sequenceNumber }) => sequenceNumber),
      childIds,
    ]);
  });
}

/** Claims the silent shards that nobody has looked at for a second. */
const CLAIM_SILENT_SHARDS = {
  text: `
with claimed as (
  update shard_checkpoint c
  set looked_at = clock_timestamp()
  from (
    select q.shard_id
    from shard_checkpoint q, settings s
    where q.stream = $1
      and q.holds_back
      and q.moved_at <= clock_timestamp() - s.idle_timeout
      and q.looked_at <= clock_timestamp() - interval '1 s'
    for update of q skip locked
  ) silent
  where c.stream = $1 and c.shard_id = silent.shard_id
  returning c.*
)
select ${CHECKPOINT_COLUMNS}
from claimed c`,
};

/** Raises the watermark of a shard that has not moved. */
const RAISE_WATERMARK = {
  text: `
with raised as (
  update shard_checkpoint c
  set watermark = greatest(c.watermark, $4::timestamp)
  where c.stream = $1 and c.shard_id = $2 and c.sequence_number is not distinct from $3::numeric
  returning c.*
)
select ${CHECKPOINT_COLUMNS}
from raised c`,
};

/** Ends the wait for parents that have not moved, and lets their children begin with their least watermark. */
const FOLLOW_RESHARDING = {
  text: `
with parent as (
  select c.shard_id, c.watermark
  from shard_checkpoint c, unnest($2::text[], $3::numeric[]) as p(shard_id, sequence_number)
  where c.stream = $1
    and c.shard_id = p.shard_id
    and c.sequence_number is not distinct from p.sequence_number
),
inherited as (
  select case when bool_and(watermark is not null) then min(watermark) end as watermark
  from parent
  having count(*) = cardinality($2::text[])
),
child as (
  insert into shard_checkpoint as c (stream, shard_id, watermark)
  select $1, u.shard_id, greatest(i.watermark, w.now)
  from inherited i, path_watermark w, unnest($4::text[]) as u(shard_id)
  order by u.shard_id
  on conflict (stream, shard_id) do update set watermark = greatest(c.watermark, excluded.watermark)
  where c.sequence_number is null
)
update shard_checkpoint c
set holds_back = false
from parent p, inherited
where c.stream = $1 and c.shard_id = p.shard_id`,
};
