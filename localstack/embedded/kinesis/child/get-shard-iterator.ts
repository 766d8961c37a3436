import type { Action, Kinesalite } from './kinesalite.ts';

/**
 * GetShardIterator for AT_TIMESTAMP. kinesalite never answers when every record is older than the timestamp; on AWS
 * the iterator then points behind the newest record.
 */
export function answerGetShardIterator(original: Action, kinesalite: Kinesalite): Action {
  return (store, input, callback) => {
    if (input.ShardIteratorType !== 'AT_TIMESTAMP') return original(store, input, callback);
    const { StreamName, ShardId, Timestamp } = input;
    // kinesalite itself refuses an unknown stream or shard, and a time in the future.
    original(store, { StreamName, ShardId, ShardIteratorType: 'LATEST' }, (error, latest) => {
      if (error || typeof Timestamp !== 'number' || Timestamp * 1000 > Date.now()) {
        return original(store, input, callback);
      }
      const shardIndex = Number(String(ShardId).split('-').pop());
      const range = { gt: kinesalite.shardIxToHex(shardIndex), lt: kinesalite.shardIxToHex(shardIndex + 1) };
      firstSequenceSince(store.getStreamDb(String(StreamName)).createReadStream(range), Timestamp).then(
        (sequenceNumber) => {
          if (sequenceNumber === null) return callback(null, latest);
          const ShardIterator = kinesalite.createShardIterator(String(StreamName), String(ShardId), sequenceNumber);
          callback(null, { ShardIterator });
        },
        callback,
      );
    });
  };
}

async function firstSequenceSince(
  records: AsyncIterable<{ key: string; value: { ApproximateArrivalTimestamp: number } }>,
  timestampSeconds: number,
): Promise<string | null> {
  for await (const { key, value } of records) {
    if (value.ApproximateArrivalTimestamp >= timestampSeconds) return key.split('/')[1] ?? null;
  }
  return null;
}
