import { Readable } from 'node:stream';
import type { Action, Kinesalite, RecordStream, Store } from './kinesalite.ts';
import { afterRead, mayRead, NO_READS, PAGE_BYTES, type ReadHistory } from './read-limits.ts';
import { shardOfIterator } from './shard-iterator.ts';

/** GetRecords with the limits of a shard: 5 reads and 2 MB a second for all readers together, 10 MB a page. */
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
    // The read counts from when it was asked for, so that two at once cannot both be the last one.
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

/** The store, with every read stream ending before it passes the page limit. */
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

/** Length of what a base64 text stands for. */
function decodedBytes(base64: string): number {
  return Math.floor((base64.length * 3) / 4) - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);
}
