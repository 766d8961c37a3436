import { type KinesisClient, KinesisError, type RecordsPage, type ShardPosition } from '../kinesis/kinesis-client.ts';

/** Reads one shard page after page, and finds its place again when an iterator has expired. */
export type ShardReader = {
  /** null: the shard refused the read because its limits are reached; ask again later. */
  read(): Promise<{ page: RecordsPage; isEnd: boolean } | null>;
};

export function createShardReader(
  kinesis: KinesisClient,
  streamName: string,
  shardId: string,
  start: ShardPosition,
): ShardReader {
  let position = start;
  let iterator: string | null = null;

  const readOnce = async () => {
    iterator ??= await kinesis.getShardIterator(streamName, shardId, position);
    const page = await kinesis.getRecords(iterator);
    const last = page.Records.at(-1);
    if (last !== undefined) {
      position = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: last.SequenceNumber };
    }
    iterator = page.NextShardIterator ?? null;
    return { page, isEnd: iterator === null };
  };

  return {
    async read() {
      try {
        return await readOnce();
      } catch (error) {
        if (!(error instanceof KinesisError)) throw error;
        if (error.code === 'ProvisionedThroughputExceededException') return null;
        if (error.code !== 'ExpiredIteratorException') throw error;
        iterator = null;
        return readOnce();
      }
    },
  };
}
