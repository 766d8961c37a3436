import { context, DEPLOYED } from './environments.ts';
import type { MicroBatchHandler } from './path-cases.ts';
import { eventAt, kinesisEvent, streamRecord } from './records.ts';
import { type StubbedShard, stubKinesis } from './stubbed-kinesis.ts';
import type { TestPath } from './test-path.ts';

type Shard = StubbedShard & {
  records: ReturnType<typeof streamRecord>[];
  parentIds: string[];
  closed: boolean;
  delivered: number;
};

/** A stream in place of Kinesis and its mapping: records arrive in shards, and are delivered in order, parents first. */
export type DeliveredStream = ReturnType<typeof deliveredStream>;

export function deliveredStream(path: TestPath, shardIds: readonly string[]) {
  const shards: Record<string, Shard> = {};
  const open = (shardId: string, parentIds: string[] = []): void => {
    shards[shardId] = { records: [], parentIds, closed: false, delivered: 0 };
  };
  for (const shardId of shardIds) open(shardId);
  stubKinesis(shards);
  const shardOf = (shardId: string): Shard => {
    const shard = shards[shardId];
    if (shard === undefined) throw new Error(`No shard '${shardId}'`);
    return shard;
  };
  const isDrained = ({ closed, delivered, records }: Shard): boolean => closed && delivered === records.length;
  let arrived = 0;

  return {
    openIds: () => Object.keys(shards).filter((id) => !shardOf(id).closed),
    /** Shards with records that the mapping may deliver now. */
    deliverableIds: () =>
      Object.keys(shards).filter((id) => {
        const { delivered, records, parentIds } = shardOf(id);
        return delivered < records.length && parentIds.every((parent) => isDrained(shardOf(parent)));
      }),
    arrive(shardId: string, arrivalMs: number, eventTimeMs = arrivalMs): void {
      shardOf(shardId).records.push(streamRecord(eventAt(eventTimeMs, 'a'), { n: ++arrived, arrivalMs }));
    },
    split(shardId: string, childIds: readonly string[]): void {
      shardOf(shardId).closed = true;
      for (const childId of childIds) open(childId, [shardId]);
    },
    merge(parentIds: readonly string[], childId: string): void {
      for (const parentId of parentIds) shardOf(parentId).closed = true;
      open(childId, [...parentIds]);
    },
    /** Delivers a shard's next records, or less if there are not so many. */
    async deliver(handler: MicroBatchHandler, shardId: string, most = Number.POSITIVE_INFINITY): Promise<void> {
      const shard = shardOf(shardId);
      const batch = shard.records.slice(shard.delivered, shard.delivered + most);
      await handler(kinesisEvent(path.stream, shardId, batch), context());
      shard.delivered += batch.length;
    },
  };
}

/** Name of a run's stream. */
export function streamOfRun(run: string): string {
  return `${DEPLOYED.runPrefix}${run}`;
}

/** What a reader of final rows sees: hits by window and host. */
export async function readFinal(path: TestPath): Promise<Map<string, number>> {
  const rows = await path.query<{ row: string; hits: number }>(
    `select concat_ws(' ', event_hour, host) as row, num_hits::int as hits from processed_events_aggregated_final`,
  );
  return new Map(rows.map(({ row, hits }) => [row, hits]));
}

/** As if the database's clock had gone on, for all that it remembers of shards. */
export async function passTime(path: TestPath, ms: number): Promise<void> {
  await path.query(
    `update shard_checkpoint
     set moved_at = moved_at - make_interval(secs => $1), looked_at = looked_at - make_interval(secs => $1)`,
    [ms / 1000],
  );
}
