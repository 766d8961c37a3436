import { createTally } from '#functions/core/tally.ts';
import { commitTally } from '#functions/store/commit.ts';
import { readPathState } from '#functions/store/path-state.ts';
import { readStream } from '#functions/stream/read-stream.ts';
import { context } from './environments.ts';
import type { PathCase } from './path-cases.ts';
import { kinesisEvent } from './records.ts';
import { scriptedStream } from './scripted-stream.ts';
import { effort } from './tallies.ts';
import type { TestPath } from './test-path.ts';
import { virtualClock } from './virtual-clock.ts';

/** How the mapping might deliver a shard's records. */
export const MICRO_BATCH_CUTS = [
  'whole',
  'one by one',
  'each twice',
  'overlapping, by two environments in turn',
] as const;
export type MicroBatchCut = (typeof MICRO_BATCH_CUTS)[number];

/** How a shard's records might fall into runs. */
export const SCHEDULED_BATCH_CUTS = [
  'one run',
  'a cut-off a record',
  'stopped after every page',
  'throttled and expired',
] as const;
export type ScheduledBatchCut = (typeof SCHEDULED_BATCH_CUTS)[number];

export type MicroBatchHandler = typeof import('#functions/micro-batch.ts').handler;

/** Hands a case to the real micro-batch handler, shard after shard, in these environments in turn. */
export async function countByMicroBatch(
  path: TestPath,
  environments: readonly MicroBatchHandler[],
  pathCase: PathCase,
  cut: MicroBatchCut,
): Promise<void> {
  for (const [shardId, records] of Object.entries(pathCase.shards)) {
    for (const [i, [from, to]] of rangesOf(records.length, cut).entries()) {
      await environments[i % environments.length]?.(
        kinesisEvent(path.stream, shardId, records.slice(from, to)),
        context(),
      );
    }
  }
}

function rangesOf(length: number, cut: MicroBatchCut): [number, number][] {
  if (cut === 'whole') return [[0, length]];
  const starts = Array.from({ length }, (_, i) => i);
  if (cut === 'one by one') return starts.map((i) => [i, i + 1]);
  if (cut === 'each twice')
    return starts.flatMap(
      (i) =>
        [
          [i, i + 1],
          [i, i + 1],
        ] as [number, number][],
    );
  return starts.map((i) => [Math.max(0, i - 2), i + 1]);
}

/** Counts a case by the scheduled batch's parts, from a simulated stream, run after run until it is through. */
export async function countByScheduledBatch(path: TestPath, pathCase: PathCase, cut: ScheduledBatchCut): Promise<void> {
  const shards = Object.entries(pathCase.shards).map(([shardId, records]) => ({ shardId, records }));
  const arrivals = [...new Set(shards.flatMap(({ records }) => records.map((record) => record.arrivalMs)))].sort(
    (a, b) => a - b,
  );
  const endMs = (arrivals.at(-1) ?? 0) + 1;
  for (const cutOffMs of cut === 'a cut-off a record' ? [...arrivals, endMs] : [endMs]) {
    for (let continues = true; continues; ) {
      const clock = virtualClock(endMs + 60_000);
      const instead = (read: number) => (['throttled', null, 'expired', null] as const)[read % 4] ?? null;
      const source = scriptedStream({
        clock,
        shards,
        pageRecords: 1,
        ...(cut === 'throttled and expired' ? { instead } : {}),
      });
      const mustStop = () => cut === 'stopped after every page' && source.calls.length >= shards.length;
      const tally = createTally();
      const { settings, checkpoints } = await path.database.within(path.schema, (session) =>
        readPathState(session, path.stream),
      );
      const progress = await readStream(
        { source, settings, tally, cutOffMs, mustStop, isFull: () => false, pagesBytes: 1e8, ...clock },
        checkpoints,
      );
      await path.database.within(path.schema, (session) =>
        commitTally(session, path.stream, progress.shards, tally, effort),
      );
      continues = progress.continues && tally.records > 0;
    }
  }
}
