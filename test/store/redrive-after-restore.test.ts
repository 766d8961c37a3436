import { beforeEach, describe, expect, it } from 'vitest';
import type { StreamRecord } from '#functions/core/tally.ts';
import { captureLog, context, MICRO_BATCH_CONNECTION, startEnvironment } from '../support/environments.ts';
import { readAllTables, readHosts } from '../support/path-tables.ts';
import { eventAt, kinesisEvent, NOON_MS, sequenceNumber, streamRecord } from '../support/records.ts';
import { preparedRunPath, redriven } from '../support/redriving.ts';
import { readRunbook } from '../support/runbook.ts';
import { stubKinesis } from '../support/stubbed-kinesis.ts';
import { SHARD } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import type { TestPath } from '../support/test-path.ts';

const db = useDatabase({ keptOpenBy: MICRO_BATCH_CONNECTION });
const database = db.open();

/** What the runbook copies back. */
const TABLES = (
  /for TABLE in (.*); do/.exec(readRunbook().get('Restoring the database from a backup') ?? '')?.[1] ?? ''
)
  .split(' ')
  .filter((table) => table !== '');

beforeEach(() => {
  stubKinesis({ [SHARD]: [] });
  captureLog();
});

/** Batch n of the shard: two records, each an event of host a at noon. */
function batch(n: number): StreamRecord[] {
  return [2 * n - 1, 2 * n].map((place) => streamRecord(eventAt(NOON_MS, 'a'), { n: place }));
}

function batches(from: number, to: number): StreamRecord[] {
  return Array.from({ length: to - from + 1 }, (_, i) => batch(from + i)).flat();
}

async function backUp({ query }: TestPath): Promise<void> {
  for (const table of TABLES) await query(`create table backup_of_${table} as table ${table}`);
}

async function restore({ query }: TestPath): Promise<void> {
  for (const table of TABLES) {
    await query(`truncate ${table}`);
    await query(`insert into ${table} overriding system value select * from backup_of_${table}`);
  }
}

/** A warm environment that counts batches 1 to 3; what was there after batch 1 is restored behind its back. */
async function restoredAfterBatch1(run: string): Promise<{ path: TestPath; deliver: (n: number) => Promise<void> }> {
  const path = await preparedRunPath(database, run);
  const handler = await startEnvironment('micro-batch', db.url);
  const deliver = async (n: number): Promise<void> => {
    await handler(kinesisEvent(path.stream, SHARD, batch(n)), context());
  };
  await deliver(1);
  await backUp(path);
  const counted = await readAllTables(path);
  await deliver(2);
  await deliver(3);
  await restore(path);
  expect(await readAllTables(path)).toEqual(counted);
  return { path, deliver };
}

describe('micro-batch, after its database was restored from a backup', () => {
  it('goes on with the batch that the mapping brings next, and leaves what lies between uncounted', async () => {
    const { path, deliver } = await restoredAfterBatch1('goeson');

    await deliver(4);

    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 4']);
    expect(await path.query('select sequence_number::text as place from shard_checkpoint')).toEqual([
      { place: sequenceNumber(8) },
    ]);
  });

  it('counts what lies between once, when all since before the restore point is redriven, twice as well as once', async () => {
    const { path, deliver } = await restoredAfterBatch1('between');
    await deliver(4);

    const first = await redriven(path, batches(1, 4));
    const second = await redriven(path, batches(1, 4));

    expect(first).toMatchObject({ records: 8, counted: 4, alreadyCounted: 4, ahead: null });
    expect(first.ranges).toEqual([{ first: sequenceNumber(3), last: sequenceNumber(6), records: 4 }]);
    expect(second).toMatchObject({ records: 8, counted: 0, alreadyCounted: 8 });
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 8']);
    await deliver(5);
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 10']);
  });

  it('counts it once where the redrive comes before the next batch, too', async () => {
    const { path, deliver } = await restoredAfterBatch1('before');

    await redriven(path, batches(1, 3));
    await deliver(4);
    const again = await redriven(path, batches(1, 4));

    expect(again).toMatchObject({ counted: 0, alreadyCounted: 8 });
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 8']);
  });
});
