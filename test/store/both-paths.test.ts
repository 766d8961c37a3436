import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Path } from '#functions/core/paths.ts';
import { readTotals } from '#functions/store/read-totals.ts';
import { runSchema } from '#functions/store/schemas.ts';
import { captureLog, DEPLOYED, MICRO_BATCH_CONNECTION, startEnvironment } from '../support/environments.ts';
import {
  countByMicroBatch,
  countByScheduledBatch,
  MICRO_BATCH_CUTS,
  type MicroBatchCut,
  type MicroBatchHandler,
  PATH_CASES,
  type PathCase,
  SCHEDULED_BATCH_CUTS,
  type ScheduledBatchCut,
} from '../support/path-cases.ts';
import { readHosts, readSources } from '../support/path-tables.ts';
import { stubKinesis } from '../support/stubbed-kinesis.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath, type TestPath } from '../support/test-path.ts';

const db = useDatabase({ keptOpenBy: MICRO_BATCH_CONNECTION });
const database = db.open();
let environments: MicroBatchHandler[];
let runs = 0;

beforeAll(async () => {
  environments = [await startEnvironment('micro-batch', db.url), await startEnvironment('micro-batch', db.url)];
});
beforeEach(() => {
  stubKinesis({});
  captureLog();
});

async function prepared(path: Path, { settings, shards }: PathCase): Promise<TestPath> {
  const run = `case${runs++}`;
  const stream = `${DEPLOYED.runPrefix}${run}`;
  return preparedPath(database, {
    stream,
    shardIds: Object.keys(shards),
    settings,
    path,
    schema: runSchema(run, path),
  });
}

/** What a path has made of the stream, in a form that does not depend on how it was cut. */
async function resultOf(path: TestPath) {
  const quarantine = await path.query(
    'select shard_id, sequence_number::text, position, reason, bytes from quarantine order by shard_id, quarantine.sequence_number, position',
  );
  const checkpoints = await path.query(
    'select shard_id, sequence_number::text, watermark::text from shard_checkpoint order by shard_id',
  );
  const { events, late, dropped, quarantined, windows } = await path.database.within(path.schema, readTotals);
  const totals = { events, late, dropped, quarantined, windows };
  return { hosts: await readHosts(path), sources: await readSources(path), quarantine, checkpoints, totals };
}

async function byMicroBatch(pathCase: PathCase, cut: MicroBatchCut) {
  const path = await prepared('microBatch', pathCase);
  await countByMicroBatch(path, environments, pathCase, cut);
  return resultOf(path);
}

async function byScheduledBatch(pathCase: PathCase, cut: ScheduledBatchCut) {
  const path = await prepared('scheduledBatch', pathCase);
  await countByScheduledBatch(path, pathCase, cut);
  return resultOf(path);
}

describe.each(PATH_CASES)('$name', (pathCase) => {
  it('is the same on both paths, however it is cut', async () => {
    const expected = await byMicroBatch(pathCase, 'whole');

    expect(expected.totals).toEqual(pathCase.expected);
    for (const cut of MICRO_BATCH_CUTS) expect(await byMicroBatch(pathCase, cut), cut).toEqual(expected);
    for (const cut of SCHEDULED_BATCH_CUTS) expect(await byScheduledBatch(pathCase, cut), cut).toEqual(expected);
  });
});
