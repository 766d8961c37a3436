import { DescribeStreamSummaryCommand, type KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import type { KinesisRecord } from '#functions/contract.ts';
import { UsageError } from '#text/usage-error.ts';
import { type Applied, applyRecords } from './apply-records.ts';
import {
  type FailedBatch,
  inStreamOrder,
  listFailedBatches,
  parseFailedBatch,
  parsePayload,
  readFailureRecord,
} from './failed-batch.ts';
import { readRange, readSpan } from './read-stream.ts';
import type { RedriveStack } from './redrive-stack.ts';

/** The result for a failed batch, or for a time span of a shard. */
export type RedriveRow = Omit<Applied, 'refused'> & {
  source: string;
  shardId: string;
  /** Which records could not be counted, and why; null: all are counted. */
  problem: string | null;
};

export type FoundBatches = {
  /** Sorted in the order of the stream. */
  batches: FailedBatch[];
  /** One line for each object that is no failure record. */
  unreadable: string[];
  /** Number of batches of other streams, which are left out. */
  ofOtherStreams: number;
};

/**
 * Finds the failed batches of these names; without names, all of the deployed stream in the bucket. The bucket also has
 * batches of benchmark runs, whose tables no longer exist.
 */
export async function findBatches(stack: RedriveStack, names: readonly string[]): Promise<FoundBatches> {
  const { s3, failedBatches, streamName } = stack;
  const found: FailedBatch[] = [];
  const unreadable: string[] = [];
  for (const name of names.length > 0 ? names : await listFailedBatches(s3, failedBatches)) {
    const text = await readFailureRecord(s3, failedBatches, name);
    try {
      found.push(parseFailedBatch(name, text));
    } catch (error) {
      unreadable.push((error as Error).message);
    }
  }
  const batches = names.length > 0 ? found : found.filter((batch) => batch.streamName === streamName);
  return { batches: inStreamOrder(batches), unreadable, ofOtherStreams: found.length - batches.length };
}

/** @throws UsageError where the next batches would fail too: no credentials, no permission, no stack */
export async function redriveBatch(
  stack: RedriveStack,
  batch: FailedBatch,
  from: 'payload' | 'stream',
): Promise<RedriveRow> {
  return reportRow(batch, async () => {
    if (from === 'payload' && batch.hasPayload) {
      const text = await readFailureRecord(stack.s3, stack.failedBatches, batch.source);
      return applyRecords(stack, parsePayload(batch, text));
    }
    const records = await readRange(stack.kinesis, batch);
    const applied = await applyRecords(stack, records);
    return {
      ...applied,
      refused: [describeExpired(batch, records), applied.refused].filter(Boolean).join('; ') || null,
    };
  });
}

export type Span = {
  /** Times of arrival, epoch ms; the end is exclusive. */
  sinceMs: number;
  untilMs: number;
  /** Undefined: all shards. */
  shardIds: readonly string[] | undefined;
};

/**
 * Counts the records of a time span that are not counted yet: for batches without a failure record.
 *
 * @throws UsageError where the stream has no such shard
 */
export async function redriveSpan(stack: RedriveStack, span: Span): Promise<RedriveRow[]> {
  const { kinesis, streamName } = stack;
  const present = await listShards(kinesis, streamName);
  const unknown = span.shardIds?.find((shardId) => !present.includes(shardId));
  if (unknown !== undefined) {
    throw new UsageError(`No shard '${unknown}' in ${streamName}: expected some of ${present.join(', ')}`);
  }
  const summary = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: streamName }));
  const streamArn = summary.StreamDescriptionSummary?.StreamARN ?? '';
  const rows: RedriveRow[] = [];
  for (const shardId of span.shardIds ?? present) {
    const records = readSpan(kinesis, { streamName, streamArn, shardId }, span);
    rows.push(await reportRow({ source: 'the stream', shardId }, () => applyRecords(stack, records)));
  }
  return rows;
}

/** A failure becomes a row, so that the next batches are still counted. */
export async function reportRow(
  { source, shardId }: { source: string; shardId: string },
  apply: () => Promise<Applied>,
): Promise<RedriveRow> {
  try {
    const { refused: problem, ...applied } = await apply();
    return { source, shardId, ...applied, problem };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const nothing = { records: 0, counted: 0, alreadyCounted: 0, events: 0, quarantined: 0, dropped: 0 };
    return { source, shardId, ...nothing, problem: (error as Error).message };
  }
}

function describeExpired(batch: FailedBatch, records: readonly KinesisRecord[]): string | null {
  const { start, end, hasPayload } = batch;
  const first = records[0]?.kinesis.sequenceNumber;
  if (first === start) return null;
  const lost = batch.records - records.length;
  const range = first === undefined ? `from ${start} to ${end}` : `from ${start} to before ${first}`;
  const way = hasPayload
    ? 'the payload has them: use --from payload'
    : 'they are lost, unless you have a file with them';
  return `${lost} of ${batch.records} records, ${range}, are older than the stream's retention; ${way}`;
}

async function listShards(kinesis: KinesisClient, StreamName: string): Promise<string[]> {
  const shardIds: string[] = [];
  for (let token: string | undefined; ; ) {
    const page = token === undefined ? { StreamName } : { NextToken: token };
    const { Shards = [], NextToken } = await kinesis.send(new ListShardsCommand(page));
    for (const { ShardId } of Shards) if (ShardId !== undefined) shardIds.push(ShardId);
    if (NextToken === undefined) return shardIds;
    token = NextToken;
  }
}
