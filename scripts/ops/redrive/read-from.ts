import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  InvalidArgumentException,
  type KinesisClient,
  ProvisionedThroughputExceededException,
  type _Record as StreamRecord,
} from '@aws-sdk/client-kinesis';

export type Position = { streamName: string; shardId: string } & (
  | { at: string }
  /** Null: from the oldest record that is still there. */
  | { after: string | null }
  /** By arrival, epoch ms. */
  | { sinceMs: number }
);

/** Pages may be 10 MB on AWS, and have no limit on an emulator. */
const RECORDS_A_PAGE = 1000;
/** A shard gives 5 pages a second to all who read it, and both paths do. */
const PAUSE_MS = 500;

/**
 * A shard's records from a position to its end as it is now; from the oldest one on where that comes later.
 *
 * @throws ResourceNotFoundException where stream or shard are gone
 */
export async function* readFrom(kinesis: KinesisClient, position: Position): AsyncGenerator<StreamRecord> {
  let iterator = await openShard(kinesis, position);
  let reached: string | undefined;
  while (iterator !== undefined) {
    const page = await readPage(kinesis, iterator);
    if (page === 'throttled') continue;
    if (page === 'expired') {
      const { streamName, shardId } = position;
      iterator = await openShard(kinesis, reached === undefined ? position : { streamName, shardId, after: reached });
      continue;
    }
    const { Records = [], NextShardIterator, MillisBehindLatest = 0 } = page;
    yield* Records;
    reached = Records.at(-1)?.SequenceNumber ?? reached;
    if (Records.length === 0 && MillisBehindLatest === 0) return; // some emulators say 0 with a page still to come
    iterator = NextShardIterator;
    if (Records.length === 0) await pause();
  }
}

async function openShard(kinesis: KinesisClient, position: Position): Promise<string | undefined> {
  const { streamName: StreamName, shardId: ShardId } = position;
  const open = async (rest: Omit<GetShardIteratorCommandInput, 'StreamName' | 'ShardId'>) =>
    (await kinesis.send(new GetShardIteratorCommand({ StreamName, ShardId, ...rest }))).ShardIterator;
  if ('sinceMs' in position) {
    return open({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(position.sinceMs) });
  }
  const number = 'at' in position ? position.at : position.after;
  if (number === null) return open({ ShardIteratorType: 'TRIM_HORIZON' });
  const type = 'at' in position ? 'AT_SEQUENCE_NUMBER' : 'AFTER_SEQUENCE_NUMBER';
  try {
    return await open({ ShardIteratorType: type, StartingSequenceNumber: number });
  } catch (error) {
    if (!(error instanceof InvalidArgumentException)) throw error;
    return open({ ShardIteratorType: 'TRIM_HORIZON' }); // it has expired: whoever asked sees where reading begins
  }
}

async function readPage(kinesis: KinesisClient, ShardIterator: string) {
  try {
    return await kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: RECORDS_A_PAGE }));
  } catch (error) {
    if (error instanceof ExpiredIteratorException) return 'expired'; // who took the page before had long work with it
    if (!(error instanceof ProvisionedThroughputExceededException)) throw error;
    await pause();
    return 'throttled';
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
