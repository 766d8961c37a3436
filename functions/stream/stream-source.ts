import type { StreamRecord } from '../core/tally.ts';

export type ListedShard = {
  shardId: string;
  /** The shards that this one continues: one after a split, two after a merge, otherwise none. */
  parentIds: string[];
};

export type Page = {
  records: StreamRecord[];
  /** Iterator of the next page; null if the shard is closed and drained. */
  next: string | null;
  millisBehindLatest: number;
};

/** The part of Kinesis that the scheduled batch needs. */
export type StreamSource = {
  listShards(): Promise<ListedShard[]>;
  /** Returns an iterator that starts after a record; null starts at the oldest record. */
  openShard(shardId: string, after: string | null): Promise<string>;
  /** `throttled`: the shard's calls or bytes per second are used up. `expired`: the iterator is too old. */
  readPage(iterator: string, limit: number): Promise<Page | 'throttled' | 'expired'>;
};
