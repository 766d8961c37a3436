import { beforeEach, describe, expect, it } from 'vitest';
import type { Checkpoint } from '#functions/core/shard.ts';
import type { StreamRecord } from '#functions/core/tally.ts';
import { captureLog } from '../support/environments.ts';
import { readHosts } from '../support/path-tables.ts';
import { eventAt, NOON_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { preparedRunPath, redriven } from '../support/redriving.ts';
import { delayZombie, slowDown, untilAsleep } from '../support/slow-statements.ts';
import { tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import type { TestPath } from '../support/test-path.ts';

const db = useDatabase();
const ROUNDS = 5;
let runs = 0;

beforeEach(() => {
  captureLog();
});

function records(from: number, to: number): StreamRecord[] {
  return Array.from({ length: to - from + 1 }, (_, i) => streamRecord(eventAt(NOON_MS, 'a'), { n: from + i }));
}

/** The batch of these records, counted from where the one before them left the shard. */
function batch(from: number, to: number) {
  if (from === 1) return tallyOf(records(from, to));
  return tallyOf(records(from, to), {
    from: { sequenceNumber: sequenceNumber(from - 1), watermarkMs: NOON_MS - 15_000 },
  });
}

/** A path on which records 1 to 3 were counted, and a connection by which a batch that was given up may still commit. */
async function pathWithZombie(): Promise<{ path: TestPath; zombie: TestPath }> {
  const path = await preparedRunPath(db.open(), `race${runs++}`);
  await path.commit(batch(1, 3));
  return { path, zombie: path.by(db.open({ applicationName: 'zombie' })) };
}

/** What lies between the checkpoint and records 4 to 6: nothing. */
const AFTER_THREE = { after: sequenceNumber(3) };

describe('two redrives of a batch at once', () => {
  it('count a gap once', async () => {
    const path = await preparedRunPath(db.open(), 'gaps');
    const other = path.by(db.open());
    await path.commit(batch(1, 1));
    for (let n = 2; n <= 2 * ROUNDS; n += 2) {
      const { sequenceNumber: reached } = records(n - 1, n - 1)[0] as StreamRecord;
      const from = { sequenceNumber: reached, watermarkMs: NOON_MS - 15_000 };
      await path.commit(tallyOf(records(n + 1, n + 1), { from })); // n was discarded

      const answers = await Promise.all([redriven(path, records(n, n)), redriven(other, records(n, n))]);

      expect(answers.map(({ counted }) => counted).sort()).toEqual([0, 1]);
    }
    expect(await readHosts(path)).toEqual([`2026-01-31 12:00:00 a ${2 * ROUNDS + 1}`]);
  });

  it.each([
    ['of a shard that is known', ['shardId-000000000000']],
    ['of a shard that nobody registered', []],
  ])('count the last batch once, %s', async (_, shardIds) => {
    const path = await preparedRunPath(db.open(), `both${runs++}`, { shardIds });
    const other = path.by(db.open());
    await slowDown(path);

    const answers = await Promise.all([
      redriven(path, records(1, 3), { after: null }),
      redriven(other, records(1, 3), { after: null }),
    ]);

    expect(answers.map(({ counted }) => counted).sort()).toEqual([0, 3]);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 3']);
  });
});

describe('a batch that was given up for dead and redriven', () => {
  it('is counted once where it had committed before', async () => {
    const { path, zombie } = await pathWithZombie();
    await zombie.commit(batch(4, 6));

    expect(await redriven(path, records(4, 6))).toMatchObject({ counted: 0, alreadyCounted: 3 });

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 6']);
  });

  it('is counted once where half of it had committed, bisected', async () => {
    const { path, zombie } = await pathWithZombie();
    await zombie.commit(batch(4, 4));

    expect(await redriven(path, records(4, 6))).toMatchObject({ counted: 2, alreadyCounted: 1 });

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 6']);
  });

  it('is counted once where its statement holds the shard meanwhile: the redrive waits, and finds it done', async () => {
    const { path, zombie } = await pathWithZombie();
    await slowDown(path);

    const committing = zombie.commit(batch(4, 6));
    await untilAsleep(path, 'zombie');
    const answer = await redriven(path, records(4, 6), AFTER_THREE);

    expect((await committing).committed).toBe(true);
    expect(answer).toMatchObject({ counted: 0, alreadyCounted: 3 });
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 6']);
  });

  it('is counted once where its statement began first: the redrive waits, and finds it done', async () => {
    const { path, zombie } = await pathWithZombie();
    await delayZombie(path);

    const committing = zombie.commit(batch(4, 6));
    await untilAsleep(path, 'zombie');
    const answer = await redriven(path, records(4, 6), AFTER_THREE);

    expect(answer).toMatchObject({ counted: 0, alreadyCounted: 3 });
    expect((await committing).committed).toBe(true);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 6']);
  });

  it('is counted once where it commits after: the checkpoint has gone on', async () => {
    const { path, zombie } = await pathWithZombie();

    await redriven(path, records(4, 6), AFTER_THREE);

    expect((await zombie.commit(batch(4, 6))).committed).toBe(false);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 6']);
  });

  it('is counted once where later batches have passed it, before and after the redrive', async () => {
    const { path, zombie } = await pathWithZombie();
    const from = { sequenceNumber: sequenceNumber(3), watermarkMs: NOON_MS - 15_000 };
    await path.commit(tallyOf(records(7, 8), { from }));

    const outcomes = [await zombie.commit(batch(4, 6))];
    await redriven(path, records(4, 6));
    outcomes.push(await zombie.commit(batch(4, 6)));

    expect(outcomes.map(({ committed }) => committed)).toEqual([false, false]);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 8']);
  });
});

describe('a redrive while the mapping delivers', () => {
  it('counts every record once, and hinders none of its batches', async () => {
    const path = await preparedRunPath(db.open(), 'busy');
    const redriver = path.by(db.open());
    await path.commit(batch(1, 1));
    let from: Checkpoint = { sequenceNumber: sequenceNumber(1), watermarkMs: NOON_MS - 15_000 };
    let discarded: StreamRecord[] = [];

    for (let n = 2; n <= 4 * ROUNDS; n += 2) {
      const next = tallyOf(records(n + 1, n + 1), { from }); // n was discarded
      const redriving = discarded.length > 0 ? redriven(redriver, discarded) : { counted: 1 };
      const [outcome, { counted }] = await Promise.all([path.commit(next), redriving]);
      expect([outcome.committed, counted]).toEqual([true, 1]);
      from = next.shard.reached;
      discarded = records(n, n);
    }
    await redriven(redriver, discarded);

    expect(await readHosts(path)).toEqual([`2026-01-31 12:00:00 a ${4 * ROUNDS + 1}`]);
  });
});
