import type { StreamRecord } from '#functions/core/tally.ts';
import type { Page, StreamSource } from '#functions/stream/stream-source.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type ScriptedShard = {
  shardId: string;
  parentIds?: string[];
  /** In the shard's order; a record can be read from `visibleMs` on, by default from its arrival. */
  records: (StreamRecord & { visibleMs?: number })[];
  /** When it is listed first; always by default. */
  opensMs?: number;
  /** From when on it takes no more records; never by default. */
  closesMs?: number;
};

export type Call = { shardId: string; atMs: number; limit: number };

export type Script = {
  clock: VirtualClock;
  shards: ScriptedShard[];
  /** At most so many records a page, whatever the limit. */
  pageRecords?: number;
  /** Claims to be at the tip on every page, as kinesalite does. */
  alwaysAtTip?: boolean;
  /** What the n-th read (from 0) answers instead of a page. */
  instead?: (read: number) => 'throttled' | 'expired' | null;
};

/** A stream that does what it is told, and keeps a list of the reads that it was asked for. */
export function scriptedStream(script: Script): StreamSource & { calls: Call[]; opened: (string | null)[] } {
  const { clock, shards } = script;
  const calls: Call[] = [];
  const opened: (string | null)[] = [];
  const shardOf = (shardId: string): ScriptedShard => {
    const shard = shards.find((it) => it.shardId === shardId);
    if (shard === undefined) throw new Error(`No shard '${shardId}' in the script`);
    return shard;
  };

  return {
    calls,
    opened,
    async listShards() {
      return shards
        .filter(({ opensMs = Number.NEGATIVE_INFINITY }) => opensMs <= clock.now())
        .map(({ shardId, parentIds = [] }) => ({ shardId, parentIds }));
    },
    async openShard(shardId, after) {
      opened.push(after);
      const { records } = shardOf(shardId);
      const at = after === null ? 0 : records.findIndex((record) => record.sequenceNumber === after) + 1;
      return `${shardId}#${at}`;
    },
    async readPage(iterator, limit) {
      const [shardId = '', at] = iterator.split('#');
      const read = calls.push({ shardId, atMs: clock.now(), limit }) - 1;
      const instead = script.instead?.(read) ?? null;
      if (instead !== null) return instead;
      return pageOf(shardOf(shardId), Number(at), Math.min(limit, script.pageRecords ?? limit));
    },
  };

  function pageOf(shard: ScriptedShard, from: number, most: number): Page {
    const { shardId, records, closesMs = Number.POSITIVE_INFINITY } = shard;
    const hidden = records.findIndex(
      ({ visibleMs, arrivalMs }, i) => i >= from && (visibleMs ?? arrivalMs) > clock.now(),
    );
    const visible = hidden === -1 ? records.length : hidden;
    const to = Math.min(from + most, visible);
    const drained = to === records.length && clock.now() >= closesMs;
    return {
      records: records.slice(from, to),
      next: drained ? null : `${shardId}#${to}`,
      millisBehindLatest: to < visible && !script.alwaysAtTip ? 1000 : 0,
    };
  }
}
