import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  LimitExceededException,
  ListShardsCommand,
  ResourceInUseException,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis';
import { UsageError } from '#text/usage-error.ts';
import { poll } from '../targets/poll.ts';

/** Time for a stream to become active, or to be deleted, ms. Kinesis takes about half a minute. */
const PATIENCE_MS = 3 * 60_000;
const POLL_MS = 1_000;

/** @throws UsageError if the account may not have that many shards */
export async function createStream(kinesis: KinesisClient, streamName: string, shards: number): Promise<void> {
  try {
    await kinesis.send(new CreateStreamCommand({ StreamName: streamName, ShardCount: shards }));
  } catch (error) {
    if (!(error instanceof LimitExceededException)) throw error;
    throw new UsageError(
      `Can't create a stream of ${shards} shards: ${error.message}: use fewer, remove left runs, or have the account's quota raised`,
      { cause: error },
    );
  }
}

/**
 * Waits until a new stream can be used. The SDK's own waiter would take a missing permission for a stream that is not
 * there yet.
 *
 * @returns the ids of its shards
 */
export async function awaitStream(kinesis: KinesisClient, streamName: string, signal?: AbortSignal): Promise<string[]> {
  const isActive = async (): Promise<true | null> => ((await statusOf(kinesis, streamName)) === 'ACTIVE' ? true : null);
  if ((await poll(isActive, { withinMs: PATIENCE_MS, everyMs: POLL_MS, signal })) === null) {
    throw new Error(
      `Stream ${streamName} is '${await statusOf(kinesis, streamName)}' after ${PATIENCE_MS / 1000} s, expected ACTIVE: try again`,
    );
  }
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: streamName }));
  return Shards.flatMap(({ ShardId }) => (ShardId === undefined ? [] : [ShardId]));
}

/** Removes a stream as soon as that is possible. A stream that is gone or is being deleted is not an error. */
export async function removeStream(kinesis: KinesisClient, streamName: string): Promise<void> {
  const remove = async (): Promise<true | null> => {
    try {
      await kinesis.send(new DeleteStreamCommand({ StreamName: streamName, EnforceConsumerDeletion: true }));
      return true;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return true;
      if (!(error instanceof ResourceInUseException)) throw error;
      return (await statusOf(kinesis, streamName)) === 'DELETING' ? true : null;
    }
  };
  if ((await poll(remove, { withinMs: PATIENCE_MS, everyMs: POLL_MS })) !== null) return;
  throw new Error(`Stream ${streamName} could not be deleted within ${PATIENCE_MS / 1000} s: it is in use`);
}

/** Returns null if there is no such stream, or if it can't be seen yet. */
async function statusOf(kinesis: KinesisClient, streamName: string): Promise<string | null> {
  try {
    const answer = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: streamName }));
    return answer.StreamDescriptionSummary?.StreamStatus ?? null;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return null;
    throw error;
  }
}
