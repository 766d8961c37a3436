import { PutRecordsCommand, type PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import type { LoadRecord } from './pack.ts';

/** The part of a KinesisClient that the load needs. */
export type PutRecordsClient = {
  readonly send: (command: PutRecordsCommand) => Promise<PutRecordsCommandOutput>;
  readonly config: { readonly maxAttempts: () => Promise<number> };
};

/** Position of a record in the stream. */
export type Placement = { readonly shardId: string; readonly sequenceNumber: bigint };

/** Outcome of a call: one entry per record; null if the record was throttled and must be sent again. */
export type PutOutcome = readonly (Placement | null)[];

/** Error codes of a single record that Kinesis has not stored. */
const RETRIED_ENTRY_CODES = new Set(['ProvisionedThroughputExceededException', 'InternalFailure']);

/** Errors of a call that stored nothing, so that the whole call may be repeated. */
const THROTTLING_NAMES = new Set([
  'ProvisionedThroughputExceededException',
  'KMSThrottlingException',
  'RequestLimitExceeded',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/** Error codes of a connection that was never made: nothing was sent. */
const UNREACHABLE_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The load cannot go on: Kinesis refused a call for good, or it is unknown whether Kinesis stored the records. */
export class SendError extends Error {
  override readonly name = 'SendError';
}

/**
 * Refuses a client that retries calls: the SDK repeats a call whose answer was lost, and records that are stored
 * twice are counted twice.
 * @throws SendError
 */
export async function requireSingleAttempt(client: PutRecordsClient): Promise<void> {
  const attempts = await client.config.maxAttempts();
  if (attempts !== 1) {
    throw new SendError(`Kinesis client makes up to ${attempts} attempts a call: expected maxAttempts: 1`);
  }
}

/**
 * Makes one PutRecords call. Throttling of the call or of single records is an outcome; anything else is an error.
 * @throws SendError when Kinesis refuses the records, cannot be reached, or leaves it open whether it stored them
 */
export async function putRecords(
  client: PutRecordsClient,
  streamName: string,
  records: readonly LoadRecord[],
): Promise<PutOutcome> {
  const command = new PutRecordsCommand({
    StreamName: streamName,
    Records: records.map(({ data, partitionKey }) => ({ Data: data, PartitionKey: partitionKey })),
  });
  let answer: PutRecordsCommandOutput;
  try {
    answer = await client.send(command);
  } catch (error) {
    if (error instanceof Error && THROTTLING_NAMES.has(error.name)) return records.map(() => null);
    throw describeFailure(error, streamName, records.length);
  }
  const entries = answer.Records ?? [];
  if (entries.length !== records.length) {
    throw new SendError(
      `PutRecords to '${streamName}' answered ${entries.length} entries for ${records.length} records: it is unknown what was stored; start the run again`,
    );
  }
  return entries.map(({ ErrorCode, ErrorMessage, ShardId, SequenceNumber }) => {
    if (ErrorCode !== undefined && ErrorCode !== null && RETRIED_ENTRY_CODES.has(ErrorCode)) return null;
    if (ErrorCode || ShardId === undefined || SequenceNumber === undefined) {
      throw new SendError(
        `Stream '${streamName}' refused a record: ${ErrorCode ?? 'no sequence number'}: ${ErrorMessage ?? 'no message'}`,
      );
    }
    return { shardId: ShardId, sequenceNumber: BigInt(SequenceNumber) };
  });
}

function describeFailure(error: unknown, streamName: string, records: number): SendError {
  const { name, code, message, status } = describeError(error);
  const what = `PutRecords of ${records} records to '${streamName}'`;
  if (UNREACHABLE_CODES.has(code)) {
    return new SendError(`${what} found no Kinesis endpoint (${code}): check the endpoint and the network`, {
      cause: error,
    });
  }
  if (status >= 400 && status < 500) return new SendError(`${what} was refused: ${name}: ${message}`, { cause: error });
  return new SendError(
    `${what} got no clear answer (${code || name}): they may be stored or not, and sending them again could count them twice; start the run again`,
    { cause: error },
  );
}

/** Reads the parts of a thrown value; the status is 0 without an HTTP answer. */
function describeError(error: unknown): {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly status: number;
} {
  if (!(error instanceof Error)) return { name: 'Error', code: '', message: String(error), status: 0 };
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  const { name, message } = error;
  return { name, code: typeof code === 'string' ? code : '', message, status: $metadata?.httpStatusCode ?? 0 };
}
