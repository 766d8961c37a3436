import type { StreamRecord } from '../core/tally.ts';

export type ListedShard = {
  shardId: string;
  /** None, one (split) or two (merge) shards that end before this one begins. */
  parentIds: string[];
};

export type Page = {
  records: StreamRecord[];
  /** Where to go on, null once the shard is closed and drained. */
  next: string | null;
  millisBehindLatest: number;
};

/** What the scheduled batch needs of Kinesis. */
export type StreamSource = {
  listShards(): Promise<ListedShard[]>;
  /** An iterator that starts behind a record, or at the oldest. */
  openShard(shardId: string, after: string | null): Promise<string>;
  /** 'throttled' where the shard's calls or bytes per second are spent, 'expired' where the iterator is too old. */
  readPage(iterator: string, limit: number): Promise<Page | 'throttled' | 'expired'>;
};
