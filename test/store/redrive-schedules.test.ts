import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Checkpoint, UNREAD } from '#functions/core/shard.ts';
import type { StreamRecord } from '#functions/core/tally.ts';
import { readCheckpoints } from '#functions/store/path-state.ts';
import { captureLog } from '../support/environments.ts';
import { readAllTables, readHosts } from '../support/path-tables.ts';
import { eventAt, NOON_MS, streamRecord } from '../support/records.ts';
import { preparedRunPath, redriven } from '../support/redriving.ts';
import { SHARD, tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import type { TestPath } from '../support/test-path.ts';

const db = useDatabase();
const RUNS = 20;

beforeEach(() => {
  captureLog();
});

/** What becomes of one batch of the mapping. */
type Batch = {
  records: number;
  /** `half`: bisected, the first half counted and the second discarded. `zombie`: given up, but its statement lives on. */
  fate: 'counted' | 'discarded' | 'half' | 'zombie';
  /** How many of the schedule's further steps a zombie sleeps through before its statement comes to the checkpoint. */
  sleeps: number;
};

const schedules = fc.record({
  batches: fc.array(
    fc.record<Batch>({
      records: fc.integer({ min: 1, max: 4 }),
      fate: fc.constantFrom('counted', 'discarded', 'half', 'zombie'),
      sleeps: fc.nat({ max: 12 }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  /** Orders the first two redrives of everything by chance; later ones are in the order of the stream. */
  shuffle: fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
});

/** One record each in the window at noon, and a line that can't be counted in every third. */
function streamOf(batches: readonly Batch[]): StreamRecord[] {
  const length = batches.reduce((sum, { records }) => sum + records, 0);
  return Array.from({ length }, (_, i) =>
    streamRecord(i % 3 === 0 ? [eventAt(NOON_MS, 'a'), '{broken'] : eventAt(NOON_MS, 'a'), { n: i + 1 }),
  );
}

async function checkpointOf(path: TestPath): Promise<Checkpoint> {
  const checkpoints = await path.database.within(path.schema, (session) => readCheckpoints(session, path.stream));
  return checkpoints.get(SHARD) ?? UNREAD;
}

/** Redrives a batch as the command does: where the path has not passed it, only if nothing lies between in the stream. */
async function redriveLike(path: TestPath, stream: readonly StreamRecord[], batch: StreamRecord[]): Promise<void> {
  const { ahead } = await redriven(path, batch);
  if (ahead === null) return;
  const reached = stream.findIndex(({ sequenceNumber }) => sequenceNumber === ahead.checkpoint);
  if (stream[reached + 1]?.sequenceNumber === ahead.first) await redriven(path, batch, { after: ahead.checkpoint });
}

describe(`${RUNS} random schedules in which the mapping gives batches up`, () => {
  it('count the whole stream exactly once, when all that was discarded is redriven, twice, in any order', async () => {
    const path = await preparedRunPath(db.open(), 'schedules');
    await fc.assert(
      fc.asyncProperty(schedules, async ({ batches, shuffle }) => {
        await path.query(
          'truncate processed_events_aggregated, processed_events_aggregated_source, quarantine, ledger',
        );
        await path.query('update shard_checkpoint set sequence_number = null, watermark = null');
        const stream = streamOf(batches);
        const zombies: { wakesAt: number; commit: () => Promise<unknown> }[] = [];
        const discarded: StreamRecord[][] = [];
        let step = 0;
        const next = async (): Promise<void> => {
          step++;
          for (const { wakesAt, commit } of zombies) if (wakesAt === step) await commit();
        };

        let at = 0;
        for (const { records, fate, sleeps } of batches) {
          const batch = stream.slice(at, at + records);
          at += records;
          const counted = fate === 'counted' ? records : fate === 'half' ? Math.ceil(records / 2) : 0;
          const tally = tallyOf(batch.slice(0, counted || records), { from: await checkpointOf(path) });
          if (counted > 0) await path.commit(tally);
          if (counted < records) discarded.push(batch.slice(counted));
          if (fate === 'zombie') zombies.push({ wakesAt: step + 1 + sleeps, commit: () => path.commit(tally) });
          await next();
        }
        const byChance = discarded
          .flatMap((batch) => [batch, batch])
          .map((batch, i) => ({ batch, rank: shuffle[i] ?? 0 }))
          .sort((a, b) => a.rank - b.rank);
        for (const { batch } of byChance) {
          await redriveLike(path, stream, batch);
          await next();
        }
        for (const batch of [...discarded, ...discarded]) {
          await redriveLike(path, stream, batch);
          await next();
        }

        expect(await readHosts(path)).toEqual([`2026-01-31 12:00:00 a ${stream.length}`]);
        expect((await readAllTables(path)).quarantine).toHaveLength(Math.ceil(stream.length / 3));
        expect((await checkpointOf(path)).sequenceNumber).toBe(stream.at(-1)?.sequenceNumber);
      }),
      { numRuns: RUNS },
    );
  });
});
