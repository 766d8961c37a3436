import type { Settings } from '../core/settings.ts';
import type { ShardProgress } from '../core/shard.ts';
import { type Tally, tallyRecord } from '../core/tally.ts';
import type { StreamSource } from './stream-source.ts';

export type Reading = {
  source: StreamSource;
  settings: Settings;
  tally: Tally;
  /** End of the arrivals to read, exclusive, epoch ms. */
  cutOffMs: number;
  /** Whether time runs short, so that the records so far must be committed now. Called before each page. */
  mustStop: () => boolean;
  /** Whether the counts have used up their share of memory. Called after each record. */
  isFull: () => boolean;
  /** Maximum size of all pages that are read concurrently, bytes. */
  pagesBytes: number;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
};

/**
 * Share of a function's memory for the counts of a scheduled batch. The arrays of the commit statement and their text
 * take about as much again.
 */
export const STATE_SHARE_OF_MEMORY = 0.25;
/** Share for pages that are read at once. A page takes its size three times: as answer, as base64 and as records. */
export const PAGES_SHARE_OF_MEMORY = 0.1;

/**
 * `cut-off`: counted up to the cut-off. `drained`: closed, and counted to its end. `stopped`: records before the
 * cut-off may be left.
 */
export type ShardEnd = 'cut-off' | 'drained' | 'stopped';

const CALL_DISTANCE_MS = 250; // 4 of the shard's 5 calls per second; the mapping's poll needs the fifth
const THROTTLED_PAUSE_MS = 500;
/** Maximum size of a page from Kinesis, bytes. Emulators have no such limit. */
export const MAX_PAGE_BYTES = 10 * 1024 * 1024;
const FIRST_LIMIT = 500;
const MAX_LIMIT = 10_000;

/**
 * Counts one shard from its current position to the cut-off. It stops at the first record that arrived at or after the
 * cut-off.
 *
 * @param pageBytes approximate maximum size of a page, bytes
 */
export async function readShard(reading: Reading, shard: ShardProgress, pageBytes: number): Promise<ShardEnd> {
  const { source, tally, settings, cutOffMs } = reading;
  let iterator = await source.openShard(shard.shardId, shard.reached.sequenceNumber);
  let limit = FIRST_LIMIT;
  let latestMs: number | null = null;
  const endAtCutOff = (): ShardEnd => {
    shard.silentMs = latestMs === null ? null : Math.max(0, cutOffMs - latestMs);
    return 'cut-off';
  };
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
      if (record.arrivalMs >= cutOffMs) return endAtCutOff();
      tallyRecord(tally, shard, record, settings);
      latestMs = record.arrivalMs;
      if (reading.isFull()) return 'stopped';
      readBytes += record.data.length;
    }
    if (page.next === null) return 'drained';
    // Only an empty page that was requested after the cut-off proves that no earlier record is left. A page with
    // records can report that it is at the tip while more are unread.
    if (page.records.length === 0 && page.millisBehindLatest === 0 && askedMs >= cutOffMs) return endAtCutOff();
    if (page.records.length > 0) limit = limitFor(pageBytes, readBytes / page.records.length);
    iterator = page.next;
    await reading.sleep(Math.max(0, askedMs + CALL_DISTANCE_MS - reading.now()));
  }
}

/** Number of records of this size that fill a page. */
function limitFor(pageBytes: number, meanBytes: number): number {
  return Math.max(1, Math.min(MAX_LIMIT, Math.floor(pageBytes / Math.max(1, meanBytes))));
}
