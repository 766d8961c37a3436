import { createDecipheriv } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Action, Kinesalite, RecordStream, Store } from './kinesalite.ts';

/** GetRecords with a shard's limits: 5 reads/s and 2 MB/s for all readers together, and 10 MB a page. */
export function limitGetRecords(original: Action, kinesalite: Kinesalite): Action {
  const histories = new Map<string, ReadHistory>();

  return (store, input, callback) => {
    const shard = shardOfIterator(input.ShardIterator, kinesalite);
    if (shard === null) return original(store, input, callback);

    const nowMs = Date.now();
    const history = histories.get(shard) ?? NO_READS;
    if (!mayRead(history, nowMs)) {
      const [streamName, shardId] = shard.split('/');
      const message = `Rate exceeded for shard ${shardId} in stream ${streamName} under account 000000000000.`;
      return callback(kinesalite.clientError('ProvisionedThroughputExceededException', message));
    }
    // Count the read when it is requested, so that two simultaneous reads cannot both take the last place.
    histories.set(shard, afterRead(history, 0, nowMs));

    let pageBytes = 0;
    const limited = limitPage(store, (sizeBytes) => {
      pageBytes += sizeBytes;
    });
    original(limited, input, (error, data) => {
      const latest = histories.get(shard) ?? NO_READS;
      histories.set(shard, { ...afterRead(latest, pageBytes, Date.now()), readsMs: latest.readsMs });
      callback(error, data);
    });
  };
}

/** The store, whose read streams end before they exceed the page limit. */
function limitPage(store: Store, onRecord: (sizeBytes: number) => void): Store {
  return {
    ...store,
    getStreamDb(streamName) {
      const records = store.getStreamDb(streamName);
      return {
        batch: records.batch.bind(records),
        createReadStream: (options) => Readable.from(endBeforeLimit(records.createReadStream(options), onRecord)),
      };
    },
  };
}

async function* endBeforeLimit(records: RecordStream, onRecord: (sizeBytes: number) => void) {
  let pageBytes = 0;
  for await (const record of records) {
    const sizeBytes = decodedBytes(record.value.Data);
    if (pageBytes > 0 && pageBytes + sizeBytes > PAGE_BYTES) return;
    pageBytes += sizeBytes;
    onRecord(sizeBytes);
    yield record;
  }
}

/** Bytes that a base64 text encodes. */
function decodedBytes(base64: string): number {
  return Math.floor((base64.length * 3) / 4) - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);
}

/** Shard of a kinesalite iterator, as "stream/shard"; null for an invalid iterator. */
function shardOfIterator(iterator: unknown, kinesalite: Kinesalite): string | null {
  if (typeof iterator !== 'string') return null;
  try {
    const decipher = createDecipheriv('aes-256-cbc', kinesalite.iteratorKey, kinesalite.iteratorIv);
    // Eight version bytes come first, then time/stream/shard/sequence number/padding.
    const encrypted = Buffer.from(iterator, 'base64').subarray(8);
    const pieces = Buffer.concat([decipher.update(encrypted), decipher.final()])
      .toString('utf8')
      .split('/');
    return pieces.length === 5 ? `${pieces[1]}/${pieces[2]}` : null;
  } catch {
    return null;
  }
}

/** Limits of a shard, shared by all of its readers. */
const READS_PER_SECOND = 5;
const READ_BYTES_PER_SECOND = 2 * 1024 * 1024;
/** Limit of one GetRecords answer. */
const PAGE_BYTES = 10 * 1024 * 1024;

/**
 * Recent reads of one shard: their times, and the time at which its throughput has paid for their bytes.
 * A debt of more than a second closes the shard until it is paid; a smaller debt leaves the shard open.
 */
export type ReadHistory = { readsMs: readonly number[]; paidAtMs: number; closed: boolean };

export const NO_READS: ReadHistory = { readsMs: [], paidAtMs: 0, closed: false };

/** Whether the shard accepts a read now. Refused reads do not count. */
export function mayRead(history: ReadHistory, nowMs: number): boolean {
  const isClosed = history.closed && nowMs < history.paidAtMs;
  return !isClosed && readsInLastSecond(history, nowMs).length < READS_PER_SECOND;
}

/** The history after an accepted read: 10 MB close the shard for 5 seconds. */
export function afterRead(history: ReadHistory, sizeBytes: number, nowMs: number): ReadHistory {
  const owedMs = Math.max(0, history.paidAtMs - nowMs) + (sizeBytes / READ_BYTES_PER_SECOND) * 1000;
  return {
    readsMs: [...readsInLastSecond(history, nowMs), nowMs],
    paidAtMs: nowMs + owedMs,
    closed: owedMs > 1000,
  };
}

function readsInLastSecond(history: ReadHistory, nowMs: number): number[] {
  return history.readsMs.filter((readMs) => readMs > nowMs - 1000);
}
