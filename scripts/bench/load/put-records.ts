import { PutRecordsCommand, type PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import type { LoadRecord } from './pack.ts';

/** The part of a KinesisClient that the load needs. */
export type PutRecordsClient = {
  readonly send: (command: PutRecordsCommand) => Promise<PutRecordsCommandOutput>;
  readonly config: { readonly maxAttempts: () => Promise<number> };
};

/** Where Kinesis put a record. */
export type Placement = { readonly shardId: string; readonly sequenceNumber: bigint };

/** What became of a call: one entry a record, null where it was throttled and must be sent again. */
export type PutOutcome = readonly (Placement | null)[];

/** Per-entry codes after which Kinesis has not stored the record. */
const RETRIED_ENTRY_CODES = new Set(['ProvisionedThroughputExceededException', 'InternalFailure']);

/** Thrown before anything is stored: the whole call may be repeated. */
const THROTTLING_NAMES = new Set([
  'ProvisionedThroughputExceededException',
  'KMSThrottlingException',
  'RequestLimitExceeded',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/** No connection came about, so nothing was sent. */
const UNREACHABLE_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Refuses a client that retries on its own: the SDK repeats a call whose answer was lost, and the records that it
 * stores twice are two events each to everyone downstream.
 * @throws SendError
 */
export async function requireSingleAttempt(client: PutRecordsClient): Promise<void> {
  const attempts = await client.config.maxAttempts();
  if (attempts !== 1) {
    throw new SendError(`Kinesis client makes up to ${attempts} attempts a call: expected maxAttempts: 1`);
  }
}

/**
 * One PutRecords call. Throttling, of the call or of entries, is an outcome, anything else an error.
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

/** What can be told of a thrown value; status 0 when no HTTP answer came. */
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

/**
 * The load cannot go on: Kinesis refused a call for good, or nobody knows whether it took one.
 * The message is one line: what, where, why, next step.
 */
export class SendError extends Error {
  override readonly name = 'SendError';
}
