import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { invoke } from '#bench/targets/invoke.ts';
import type { KinesisRecord, RedriveAnswer, RedriveRequest } from '#functions/contract.ts';
import { findBetween } from './read-stream.ts';

/** The parts of a stack that a redrive calls. */
export type RedriveClients = { kinesis: KinesisClient; lambda: LambdaClient; microBatchFunction: string };

/** How many records were counted, and their events. */
export type Applied = Record<
  'records' | 'counted' | 'alreadyCounted' | 'events' | 'quarantined' | 'dropped',
  number
> & {
  /** Why some records could not be counted; null: all are counted. */
  refused: string | null;
};

/**
 * Lets the micro-batch function count the records that are not counted yet. It is safe to repeat.
 *
 * @param records of one shard, in the order of the stream, without a gap
 * @throws Error with the message of the function
 */
export async function applyRecords(
  clients: RedriveClients,
  records: AsyncIterable<KinesisRecord> | Iterable<KinesisRecord>,
): Promise<Applied> {
  const applied = { records: 0, counted: 0, alreadyCounted: 0, events: 0, quarantined: 0, dropped: 0 };
  const add = (answer: RedriveAnswer): void => {
    for (const field of ['counted', 'events', 'quarantined', 'dropped'] as const) applied[field] += answer[field];
  };
  let before: string | undefined; // the record right before this part: the last one of the part before
  for await (const part of cutIntoInvocations(records)) {
    let answer = await ask(clients, part, before);
    add(answer);
    let between: string | null = null;
    if (answer.ahead !== null) {
      const { stream, shardId } = answer;
      const { checkpoint: after, first: until } = answer.ahead;
      between = await findBetween(clients.kinesis, { stream, shardId, after, until });
      if (between === null) {
        answer = await ask(clients, part, after);
        add(answer);
      }
    }
    const left = answer.ahead?.records ?? 0;
    applied.records += part.length;
    applied.alreadyCounted = applied.records - left - applied.counted;
    if (answer.ahead !== null) return { ...applied, refused: explainRefusal(answer.ahead, between) };
    before = part.at(-1)?.kinesis.sequenceNumber;
  }
  return { ...applied, refused: null };
}

function ask(
  { lambda, microBatchFunction }: RedriveClients,
  Records: KinesisRecord[],
  after: string | null | undefined,
): Promise<RedriveAnswer> {
  const request: RedriveRequest = { redrive: after === undefined ? { Records } : { Records, after } };
  return invoke<RedriveAnswer>(lambda, microBatchFunction, request);
}

function explainRefusal(
  { records, first, checkpoint }: NonNullable<RedriveAnswer['ahead']>,
  between: string | null,
): string {
  const reached = checkpoint === null ? 'which has read nothing of the shard' : `whose checkpoint is ${checkpoint}`;
  const why =
    between === null
      ? 'and the checkpoint has just changed: run this again'
      : `and record ${between} comes first: wait until the mapping delivers it, or redrive the batch that has it`;
  return `${records} records from ${first} on are ahead of the path, ${reached}, ${why}`;
}

/** Lambda allows 6 MB for a request; the rest is for the JSON around the records. */
const INVOCATION_BYTES = 5_500_000;

/**
 * Splits records into parts that fit into one invocation each; their order stays.
 *
 * @throws Error that names a record which fits into no invocation
 */
export async function* cutIntoInvocations(
  records: AsyncIterable<KinesisRecord> | Iterable<KinesisRecord>,
  mostBytes = INVOCATION_BYTES,
): AsyncGenerator<KinesisRecord[]> {
  let part: KinesisRecord[] = [];
  let bytes = 0;
  for await (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record)) + 1;
    if (size > mostBytes) {
      throw new Error(
        `Record ${record.kinesis.sequenceNumber} takes ${size} bytes, more than the ${mostBytes} that an invocation may have: the mapping can't have delivered it, check its source`,
      );
    }
    if (bytes + size > mostBytes) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(record);
    bytes += size;
  }
  if (part.length > 0) yield part;
}
