import { describe, expect, it } from 'vitest';
import { readHosts } from '../support/path-tables.ts';
import { eventAt, NOON_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { SETTINGS } from '../support/settings.ts';
import { delayZombie, slowDown, untilAsleep } from '../support/slow-statements.ts';
import { tallyOf } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath, type TestPath } from '../support/test-path.ts';

const db = useDatabase();
const ROUNDS = 10;

function batch(from: number, to: number, previous?: number) {
  const records = Array.from({ length: to - from + 1 }, (_, i) => streamRecord(eventAt(NOON_MS), { n: from + i }));
  return tallyOf(
    records,
    previous === undefined
      ? {}
      : { from: { sequenceNumber: sequenceNumber(previous), watermarkMs: NOON_MS - SETTINGS.boundMs } },
  );
}

async function outcomes(one: TestPath, other: TestPath, make: () => ReturnType<typeof batch>): Promise<boolean[]> {
  const both = await Promise.all([one.commit(make()), other.commit(make())]);
  return both.map((outcome) => outcome.committed).sort();
}

describe('the same batch from two environments at once', () => {
  it('is applied by one and refused to the other, while the first still holds its locks', async () => {
    const path = await preparedPath(db.open());
    const other = path.by(db.open());
    await slowDown(path);
    await path.commit(batch(1, 1));

    for (let round = 1; round <= 3; round++) {
      const one = () => batch(round + 1, round + 1, round);
      expect(await outcomes(path, other, one)).toEqual([false, true]);
    }
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 example.org 4']);
  });

  it('is refused to a zombie whose statement began first and is applied last', async () => {
    const path = await preparedPath(db.open());
    const zombie = path.by(db.open({ applicationName: 'zombie' }));
    await delayZombie(path);
    await path.commit(batch(1, 1));

    const late = zombie.commit(batch(2, 4, 1));
    await untilAsleep(path, 'zombie');
    const live = await path.commit(batch(2, 3, 1));

    expect([live.committed, (await late).committed]).toEqual([true, false]);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 example.org 3']);
  });

  it(`is applied once in each of ${ROUNDS} races without delay`, async () => {
    const path = await preparedPath(db.open());
    const other = path.by(db.open());
    await path.commit(batch(1, 1));

    for (let n = 1; n <= ROUNDS; n++)
      expect(await outcomes(path, other, () => batch(n + 1, n + 1, n))).toEqual([false, true]);

    expect(await readHosts(path)).toEqual([`2026-01-31 12:00:00 example.org ${ROUNDS + 1}`]);
  });
});

describe('the first batch of a shard', () => {
  it('is applied once where two environments deliver it at once', async () => {
    const database = db.open();
    const otherDatabase = db.open();
    for (let round = 1; round <= ROUNDS; round++) {
      const path = await preparedPath(database);

      expect(await outcomes(path, path.by(otherDatabase), () => batch(1, 3))).toEqual([false, true]);

      expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 example.org 3']);
    }
  });

  it('is applied once where the second waits for the first to commit', async () => {
    const path = await preparedPath(db.open());
    await slowDown(path);

    expect(await outcomes(path, path.by(db.open()), () => batch(1, 3))).toEqual([false, true]);

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 example.org 3']);
    expect(await path.query('select 1 from ledger')).toHaveLength(1);
  });
});
