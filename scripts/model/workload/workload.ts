import { amount, type Infer, object, size } from '#text/schema.ts';
import { KEYS, tabulateRows, type ZipfKeys } from './keys.ts';
import type { RowTable } from './row-table.ts';

/** The load: rate, size, packing and keys of its events. */
export const WORKLOAD = object(
  {
    eventsPerSecond: amount('events/s', 'rate'),
    eventBytes: amount('bytes', 'size of an event, without its newline'),
    eventsPerRecord: size('events', 'most events packed into one record; 1: every event is a record'),
    lingerSeconds: amount('s', 'longest that an event waits for others in its record'),
    partitionKeys: size('keys', 'partition keys that packed events are spread over, evenly'),
    keys: KEYS,
  },
  'workload',
);
export type Workload = Infer<typeof WORKLOAD>;

/** The keys of the benchmark's generated load. */
export const GENERATED_KEYS: ZipfKeys = {
  kind: 'zipf',
  hosts: 1_000,
  referrers: 50,
  hostSkew: 1,
  referrerSkew: 1,
  nullReferrerShare: 0.3,
};

/** The benchmark's generated load, packed as it packs (25,000 bytes and 100 ms at most, over 64 partition keys). */
export const GENERATED_LOAD: Workload = {
  eventsPerSecond: 1_000,
  eventBytes: 193,
  eventsPerRecord: 128,
  lingerSeconds: 0.1,
  partitionKeys: 64,
  keys: GENERATED_KEYS,
};

const RECORD_BYTES = 25_000;
const PUT_UNIT_BYTES = 25 * 1_024;
/** Write limits of a shard; AWS documentation. */
export const SHARD_RECORDS_PER_SECOND = 1_000;
export const SHARD_BYTES_PER_SECOND = 1_000_000;

/**
 * A record is sent once it is full or its first event has lingered. A partition key with r events per second then sends
 * r / (1 + linger × r) records per second.
 */
export function recordsPerSecond(workload: Workload): number {
  const { eventsPerSecond, eventBytes, eventsPerRecord, lingerSeconds, partitionKeys } = workload;
  const fitting = Math.max(1, Math.floor((RECORD_BYTES + 1) / (eventBytes + 1)));
  const full = eventsPerSecond / Math.min(eventsPerRecord, fitting);
  if (eventsPerRecord === 1) return full;
  const perKey = eventsPerSecond / partitionKeys;
  return Math.max(full, (partitionKeys * perKey) / (1 + lingerSeconds * perKey));
}

/** Bytes of the records' data, newlines between packed events included. */
export function bytesPerSecond(workload: Workload): number {
  const { eventsPerSecond, eventBytes } = workload;
  return eventsPerSecond * (eventBytes + 1) - recordsPerSecond(workload);
}

/** PUT units of 25 KB per second; the last unit of a record counts in full. */
export function putUnitsPerSecond(workload: Workload): number {
  const records = recordsPerSecond(workload);
  if (records === 0) return 0;
  return records * Math.ceil(bytesPerSecond(workload) / records / PUT_UNIT_BYTES);
}

/** Shards that the load would fill to the brim. */
export function shardUse(workload: Workload): number {
  const byRecords = recordsPerSecond(workload) / SHARD_RECORDS_PER_SECOND;
  return Math.max(byRecords, bytesPerSecond(workload) / SHARD_BYTES_PER_SECOND);
}

/** Greatest used share of a shard, 0–1: the stack's default, with which a batch can catch up. */
export const SHARD_LOAD = 0.5;

/** Number of shards that keep each one at `shardLoad` (0–1) of its write limits, at least one. */
export function shardsNeeded(workload: Workload, shardLoad: number): number {
  return Math.max(1, Math.ceil(shardUse(workload) / shardLoad));
}

/**
 * A workload with its rates and row table, computed once before it is planned. Change it with `prepareWorkload` or `changeRate`, since a
 * spread copy would keep the old rates.
 */
export type PreparedWorkload = Workload & {
  readonly recordsPerSecond: number;
  /** Bytes of the records' data. */
  readonly bytesPerSecond: number;
  readonly putUnitsPerSecond: number;
  /** Shards that the load would fill to the brim. */
  readonly shardUse: number;
  /** Rows of both tables by number of events. */
  readonly countRows: RowTable;
};

/** @param countRows the row table of these keys, if it exists already */
export function prepareWorkload(
  workload: Workload,
  countRows: RowTable = tabulateRows(workload.keys),
): PreparedWorkload {
  return {
    ...workload,
    recordsPerSecond: recordsPerSecond(workload),
    bytesPerSecond: bytesPerSecond(workload),
    putUnitsPerSecond: putUnitsPerSecond(workload),
    shardUse: shardUse(workload),
    countRows,
  };
}

/** The workload at another rate. Its keys do not change, so it keeps their row table. */
export function changeRate(workload: PreparedWorkload, eventsPerSecond: number): PreparedWorkload {
  return prepareWorkload({ ...workload, eventsPerSecond }, workload.countRows);
}
