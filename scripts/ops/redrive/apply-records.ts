import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { invoke } from '#bench/targets/invoke.ts';
import type { KinesisRecord, RedriveAnswer, RedriveRequest } from '#functions/contract.ts';
import { cutIntoInvocations } from './cut-into-invocations.ts';
import { findBetween } from './find-between.ts';

/** What of a stack a redrive speaks to. */
export type RedriveClients = { kinesis: KinesisClient; lambda: LambdaClient; microBatchFunction: string };

/** What became of the records. */
export type Applied = Record<
  'records' | 'counted' | 'alreadyCounted' | 'events' | 'quarantined' | 'dropped',
  number
> & {
  /** Why records were left; null: none were. */
  refused: string | null;
};

/**
 * Has the micro-batch function count those of the records that nobody has counted. Can run twice.
 *
 * @param records of one shard, in the order of the stream, none left out between the first and the last
 * @throws Error with the function's own message
 */
export async function applyRecords(
  clients: RedriveClients,
  records: AsyncIterable<KinesisRecord> | Iterable<KinesisRecord>,
): Promise<Applied> {
  const applied = { records: 0, counted: 0, alreadyCounted: 0, events: 0, quarantined: 0, dropped: 0 };
  const add = (answer: RedriveAnswer): void => {
    for (const field of ['counted', 'events', 'quarantined', 'dropped'] as const) applied[field] += answer[field];
  };
  let before: string | undefined; // what lies right before a part: the last record of the part before it
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
    if (answer.ahead !== null) return { ...applied, refused: whyLeft(answer.ahead, between) };
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

function whyLeft({ records, first, checkpoint }: NonNullable<RedriveAnswer['ahead']>, between: string | null): string {
  const stands = checkpoint === null ? 'which has read nothing of the shard' : `which stands at ${checkpoint}`;
  const why =
    between === null
      ? 'and that has just changed: run this again'
      : `and record ${between} comes first: the mapping still delivers it, or gave it up, then redrive that batch first`;
  return `${records} records from ${first} on lie ahead of the path, ${stands}, ${why}`;
}
