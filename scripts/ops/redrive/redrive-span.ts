import { DescribeStreamSummaryCommand, type KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { UsageError } from '#text/usage-error.ts';
import { applyRecords } from './apply-records.ts';
import { readSpan } from './read-range.ts';
import { type RedriveRow, rowOf } from './redrive-batches.ts';
import type { RedriveStack } from './redrive-stack.ts';

export type Span = {
  /** Arrivals in epoch ms, the end exclusive. */
  sinceMs: number;
  untilMs: number;
  /** Undefined: all shards. */
  shardIds: readonly string[] | undefined;
};

/**
 * Counts what nobody has counted of all that arrived in a span of time: for batches that left no failure record.
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
    rows.push(await rowOf({ source: 'the stream', shardId }, () => applyRecords(stack, records)));
  }
  return rows;
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
