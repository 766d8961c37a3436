import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Checkpoint, isCounted, UNREAD } from '#functions/core/shard.ts';
import type { StreamRecord } from '#functions/core/tally.ts';
import { readAllTables, readHosts } from '../support/path-tables.ts';
import { eventAt, NOON_MS, streamRecord } from '../support/records.ts';
import { tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath, type TestPath } from '../support/test-path.ts';

const db = useDatabase();
const database = db.open();
const RECORDS = 12;
const RUNS = 100;

/** One record each in the window at noon, and a line that can't be counted in every third. */
const STREAM: StreamRecord[] = Array.from({ length: RECORDS }, (_, i) =>
  streamRecord(i % 3 === 0 ? [eventAt(NOON_MS, 'a'), '{broken'] : eventAt(NOON_MS, 'a'), { n: i + 1 }),
);

/** Deliveries that a mapping may make in any order: redelivered, bisected, from any place, each to one of two environments. */
const deliveries = fc.array(
  fc.record({
    from: fc.nat({ max: RECORDS - 1 }),
    length: fc.integer({ min: 1, max: RECORDS }),
    environment: fc.nat({ max: 1 }),
    /** Whether the environment looks up where the shard stands after a refusal, or loses its memory instead. */
    forgets: fc.boolean(),
  }),
  { maxLength: 15 },
);

/** What an environment does with a batch: leaves out what it knows to be counted, and tries, and looks again where refused. */
async function deliver(path: TestPath, known: (Checkpoint | null)[], environment: number, batch: StreamRecord[]) {
  for (;;) {
    const from = known[environment] ?? UNREAD;
    const fresh = batch.filter((record) => !isCounted(record.sequenceNumber, from));
    if (fresh.length === 0) return;
    const { tally, shard, shards } = tallyOf(fresh, { from });
    const outcome = await path.commit({ tally, shards });
    known[environment] = outcome.committed ? shard.reached : (outcome.current.get(shard.shardId) ?? null);
    if (outcome.committed) return;
  }
}

describe(`${RUNS} random schedules of one shard's records`, () => {
  it('count every record up to the checkpoint exactly once, and hold every line that can not be', async () => {
    const path = await preparedPath(database);
    await fc.assert(
      fc.asyncProperty(deliveries, async (schedule) => {
        await path.query(
          'truncate processed_events_aggregated, processed_events_aggregated_source, quarantine, ledger',
        );
        await path.query('update shard_checkpoint set sequence_number = null, watermark = null');
        const known: (Checkpoint | null)[] = [null, null];
        let reached = 0;
        for (const { from, length, environment, forgets } of schedule) {
          if (forgets) known[environment] = null;
          // A mapping never leaves a gap: what it delivers begins at or before the first record not yet acknowledged.
          const start = Math.min(from, reached);
          const batch = STREAM.slice(start, start + length);
          await deliver(path, known, environment, batch);
          reached = Math.max(reached, start + batch.length);
        }

        const expected = reached === 0 ? [] : [`2026-01-31 12:00:00 a ${reached}`];
        expect(await readHosts(path)).toEqual(expected);
        expect((await readAllTables(path)).quarantine).toHaveLength(Math.ceil(reached / 3));
      }),
      { numRuns: RUNS },
    );
  });
});
