import { AGGREGATIONS } from '../core/aggregations.ts';
import { PATHS, type Path } from '../core/paths.ts';
import { parseSettings, type Settings } from '../core/settings.ts';
import type { Checkpoint } from '../core/shard.ts';
import { NO_WATERMARK } from '../core/window.ts';
import type { Session } from './database.ts';

/** The state of a path that an environment reads before its first batch. */
export type PathState = { settings: Settings; checkpoints: Map<string, Checkpoint> };

/** @throws Error if the schema doesn't exist, or was prepared for another stream */
export async function readPathState(session: Session, stream: string): Promise<PathState> {
  const [row] = await session
    .query<{ stream: string; counting: unknown } & CheckpointColumns>(READ_PATH_STATE, [stream])
    .catch((error: Error & { code?: string }) => {
      if (error.code !== UNDEFINED_TABLE) throw error;
      throw new Error(`No tables for stream '${stream}': deploy again, or remove the mapping that reads it`, {
        cause: error,
      });
    });
  if (row === undefined || row.stream !== stream) {
    throw new Error(
      `This schema counts stream '${row?.stream}', not '${stream}': run the schema function for it first`,
    );
  }
  return { settings: parseSettings(row.counting), checkpoints: toCheckpoints(row) };
}

export async function readCheckpoints(session: Session, stream: string): Promise<Map<string, Checkpoint>> {
  const [row] = await session.query<CheckpointColumns>(READ_CHECKPOINTS, [stream]);
  return row === undefined ? new Map() : toCheckpoints(row);
}

/**
 * Writes the stream and the settings that a schema counts. Path and stream can't change, nor can the size of the
 * windows once there are counts.
 *
 * @throws Error if one of them would change
 */
export async function writeSettings(session: Session, path: Path, stream: string, settings: Settings): Promise<void> {
  const { windowMs, idleTimeoutMs } = settings;
  const values = [PATHS[path].schema, stream, `${windowMs} ms`, `${idleTimeoutMs} ms`, JSON.stringify(settings)];
  const written = await session.query(WRITE_SETTINGS, values);
  if (written.length > 0) return;
  const [present] = await session.query<{ stream: string; window_ms: number }>(READ_SETTINGS);
  throw new Error(
    `The tables of ${PATHS[path].schema} count stream '${present?.stream}' in windows of ${present?.window_ms} ms, ` +
      `not '${stream}' in windows of ${windowMs} ms: give the stack a database of its own, or move the old tables away`,
  );
}

/**
 * Registers shards before their first record is read. A new shard begins with the path's watermark, so that the path does not go
 * back, and no final window changes. No commit may come between reading that watermark and inserting the shard.
 */
export async function registerShards(session: Session, stream: string, shardIds: readonly string[]): Promise<void> {
  await session.transaction(async () => {
    await lockPath(session);
    await session.query(REGISTER_SHARDS, [stream, shardIds]);
  });
}

/** Keeps all other commits of the path out until the transaction ends. It waits for those that are running. */
export async function lockPath(session: Session): Promise<void> {
  await session.query(LOCK_PATH);
}

/** Checkpoints as three arrays of equal length, one entry per shard. Sequence numbers are text, watermarks epoch ms. */
export type CheckpointColumns = {
  shard_ids: string[] | null;
  sequence_numbers: (string | null)[] | null;
  watermarks_ms: (number | null)[] | null;
};

/** SQL that aggregates checkpoints into arrays, so that a query returns them in one row. */
export const CHECKPOINT_COLUMNS = `
  array_agg(c.shard_id) as shard_ids,
  array_agg(c.sequence_number::text) as sequence_numbers,
  array_agg((extract(epoch from c.watermark) * 1000)::double precision) as watermarks_ms`;

export function toCheckpoints(columns: CheckpointColumns): Map<string, Checkpoint> {
  const checkpoints = new Map<string, Checkpoint>();
  columns.shard_ids?.forEach((shardId, i) => {
    const sequenceNumber = columns.sequence_numbers?.[i] ?? null;
    checkpoints.set(shardId, { sequenceNumber, watermarkMs: columns.watermarks_ms?.[i] ?? NO_WATERMARK });
  });
  return checkpoints;
}

const UNDEFINED_TABLE = '42P01';

/** Reads settings and checkpoints in one row. */
const READ_PATH_STATE = {
  text: `
select s.stream, s.counting, c.*
from settings s, lateral (
  select ${CHECKPOINT_COLUMNS}
  from shard_checkpoint c
  where c.stream = $1
) c`,
};

/** Reads the current checkpoints after a refusal. */
const READ_CHECKPOINTS = {
  text: `
select ${CHECKPOINT_COLUMNS}
from shard_checkpoint c
where c.stream = $1`,
};

/** Reads the stream and the window size of a schema, for the message that refuses to change them. */
const READ_SETTINGS = {
  text: `select stream, (extract(epoch from window_size) * 1000)::double precision as window_ms from settings`,
};

/** Writes the settings, unless the schema has another stream, or counts in windows of another size. */
const WRITE_SETTINGS = {
  text: `
insert into settings as s (path, stream, window_size, idle_timeout, counting)
values ($1, $2, $3::interval, $4::interval, $5::jsonb)
on conflict (only_row) do update set
  path = excluded.path,
  stream = excluded.stream,
  window_size = excluded.window_size,
  idle_timeout = excluded.idle_timeout,
  counting = excluded.counting
where s.path = excluded.path
  and s.stream = excluded.stream
  and (s.window_size = excluded.window_size or not exists (select from ${AGGREGATIONS.byHost.table}))
returning 1 as written`,
};

/** Locks the table that each commit writes first. Readers go on. */
const LOCK_PATH = { text: `lock table shard_checkpoint in share row exclusive mode` };

/** Adds shards that are not registered yet. */
const REGISTER_SHARDS = {
  text: `
insert into shard_checkpoint (stream, shard_id, watermark)
select $1, shard_id, (select now from path_watermark) from unnest($2::text[]) as u(shard_id)
order by shard_id
on conflict do nothing`,
};
