import { describe, expect, it } from 'vitest';
import { UNREAD } from '#functions/core/shard.ts';
import { readHosts, readSources } from '../support/path-tables.ts';
import { eventAt, NOON_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath } from '../support/test-path.ts';

const db = useDatabase();
const WRITERS = 8;
const BATCHES = 15;
const HOSTS = 40;

/** 0 to n-1 in an order that depends on the seed: n must be coprime to the step. */
function shuffled(n: number, seed: number): number[] {
  const step = [7, 11, 13, 17, 19, 23, 29, 31][seed % 8] as number;
  return Array.from({ length: n }, (_, i) => (i * step + seed * 5) % n);
}

describe('8 writers on different shards, on the same keys in shuffled order', () => {
  it('count exactly, and never deadlock', async () => {
    const path = await preparedPath(db.open(), { shardIds: Array.from({ length: WRITERS }, (_, w) => `shard-${w}`) });
    const deadlocks = async () => {
      const [row] = await db.asSuperuser<{ deadlocks: string }>(
        'select deadlocks from pg_stat_database where datname = current_database()',
      );
      return row?.deadlocks;
    };

    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        const own = path.by(db.open());
        for (let n = 1; n <= BATCHES; n++) {
          const events = shuffled(HOSTS, writer * BATCHES + n).flatMap((key) => [
            eventAt(NOON_MS, `host-${String(key).padStart(2, '0')}`, key % 2 === 0 ? null : 'r'),
            eventAt(NOON_MS, `host-${String(key).padStart(2, '0')}`, 's'),
          ]);
          const from = n === 1 ? UNREAD : { sequenceNumber: sequenceNumber(n - 1), watermarkMs: NOON_MS - 15_000 };
          const batch = tallyOf([streamRecord(events, { n })], { shardId: `shard-${writer}`, from });
          expect((await own.commit(batch)).committed).toBe(true);
        }
      }),
    );

    const hosts = Array.from({ length: HOSTS }, (_, key) => `host-${String(key).padStart(2, '0')}`);
    const commits = WRITERS * BATCHES;
    expect(await readHosts(path)).toEqual(hosts.map((host) => `2026-01-31 12:00:00 ${host} ${2 * commits}`));
    expect(await readSources(path)).toEqual(
      hosts.flatMap((host, key) =>
        (key % 2 === 0 ? ['s', '<null>'] : ['r', 's']).map(
          (source) => `2026-01-31 12:00:00 ${host} ${source} ${commits}`,
        ),
      ),
    );
    // The driver would have tried again after a deadlock, so that the counts alone don't prove that there was none.
    expect(await deadlocks()).toBe('0');
  });
});
