import type { Settings } from '../core/settings.ts';
import type { ShardProgress } from '../core/shard.ts';
import { type Tally, tallyRecord } from '../core/tally.ts';
import type { StreamSource } from './stream-source.ts';

export type Reading = {
  source: StreamSource;
  settings: Settings;
  tally: Tally;
  /** Read up to this arrival, exclusive, epoch ms. */
  cutOffMs: number;
  /** Whether time runs short, so that what has been read should be committed now. Asked before every page. */
  mustStop: () => boolean;
  /** Whether what has been read takes all the memory that it may. Asked after every record. */
  isFull: () => boolean;
  /** What the pages that are read side by side may take together, bytes. */
  pagesBytes: number;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
};

/**
 * Share of a function's memory for the counts of a scheduled batch. The arrays of the commit statement and their text take
 * about as much again.
 */
export const STATE_SHARE_OF_MEMORY = 0.25;
/** Share for pages that are read at once. A page takes its size three times: as answer, as base64 and as records. */
export const PAGES_SHARE_OF_MEMORY = 0.1;

/** `cut-off`: counted up to it. `drained`: closed and counted to its end. `stopped`: more may lie before the cut-off. */
export type ShardEnd = 'cut-off' | 'drained' | 'stopped';

const CALL_DISTANCE_MS = 250; // 4 of the shard's 5 calls a second; the mapping's poll needs the other
const THROTTLED_PAUSE_MS = 500;
/** What Kinesis gives at most at once; emulators know no such limit. */
export const MAX_PAGE_BYTES = 10 * 1024 * 1024;
const FIRST_LIMIT = 500;
const MAX_LIMIT = 10_000;

/**
 * Counts one shard from where its progress stands to the cut-off; stops at the first record at or after it, whatever follows.
 *
 * @param pageBytes about how large a page may be
 */
export async function readShard(reading: Reading, shard: ShardProgress, pageBytes: number): Promise<ShardEnd> {
  const { source, tally, settings, cutOffMs } = reading;
  let iterator = await source.openShard(shard.shardId, shard.reached.sequenceNumber);
  let limit = FIRST_LIMIT;
  for (;;) {
    if (reading.mustStop()) return 'stopped';
    const askedMs = reading.now();
    const page = await source.readPage(iterator, limit);
    if (page === 'throttled') {
      await reading.sleep(THROTTLED_PAUSE_MS);
      continue;
    }
    if (page === 'expired') {
      await reading.sleep(CALL_DISTANCE_MS);
      iterator = await source.openShard(shard.shardId, shard.reached.sequenceNumber);
      continue;
    }
    let readBytes = 0;
    for (const record of page.records) {
      if (record.arrivalMs >= cutOffMs) return 'cut-off';
      tallyRecord(tally, shard, record, settings);
      if (reading.isFull()) return 'stopped';
      readBytes += record.data.length;
    }
    if (page.next === null) return 'drained';
    // Only an empty page that was asked for after the cut-off proves that nothing before it is still to come: a page with
    // records can claim to be at the tip with more unread.
    if (page.records.length === 0 && page.millisBehindLatest === 0 && askedMs >= cutOffMs) return 'cut-off';
    if (page.records.length > 0) limit = limitFor(pageBytes, readBytes / page.records.length);
    iterator = page.next;
    await reading.sleep(Math.max(0, askedMs + CALL_DISTANCE_MS - reading.now()));
  }
}

/** How many records of this size make a page. */
function limitFor(pageBytes: number, meanBytes: number): number {
  return Math.max(1, Math.min(MAX_LIMIT, Math.floor(pageBytes / Math.max(1, meanBytes))));
}
