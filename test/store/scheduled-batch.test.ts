import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StreamRecord } from '#functions/core/tally.ts';
import { captureLog, context, DEPLOYED, startEnvironment } from '../support/environments.ts';
import { readAllTables, readHosts } from '../support/path-tables.ts';
import { eventAt, NOON_MS, streamRecord } from '../support/records.ts';
import { stubKinesis } from '../support/stubbed-kinesis.ts';
import { SHARD } from '../support/tallies.ts';
import { useDatabase } from '../support/test-database.ts';
import { preparedPath } from '../support/test-path.ts';

const db = useDatabase();
const RECORDS = [1, 2, 3].map((n) => streamRecord([eventAt(NOON_MS, 'a'), '{broken'], { n }));
const CUT_OFF_MS = NOON_MS + 1;
/** Less than what is kept for the commit: a database that paused meanwhile may take 45 s to connect to. */
const TOO_LITTLE_MS = 49_000;
let log: string[];

beforeEach(() => {
  log = captureLog();
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function preparedStream(stream: string, schema: string, records: readonly StreamRecord[]) {
  stubKinesis({ [SHARD]: records });
  const path = await preparedPath(db.open(), { path: 'scheduledBatch', schema, stream });
  return { path, handler: await startEnvironment('scheduled-batch', db.url) };
}

const preparedRun = (run: string, records = RECORDS) =>
  preparedStream(`${DEPLOYED.runPrefix}${run}`, `run_${run}_scheduled_batch`, records);

describe('the scheduled-batch handler', () => {
  it('counts up to the cut-off, and says of which stream', async () => {
    const { path, handler } = await preparedRun('whole');
    const request = { stream: path.stream, cutOffMs: CUT_OFF_MS };

    expect(await handler(request, context())).toEqual({
      ...request,
      outcome: 'committed',
      continues: false,
      records: 3,
      events: 3,
    });
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 3']);
  });

  it('goes on from where it stopped, as long as each run has read a record', async () => {
    const { path, handler } = await preparedRun('parts');
    const request = { stream: path.stream, cutOffMs: CUT_OFF_MS };
    // Time for one page, then none.
    const hurried = () => {
      let asked = 0;
      return { ...context(), getRemainingTimeInMillis: () => (asked++ < 3 ? 60_000 : TOO_LITTLE_MS) };
    };

    const answer = await handler(request, hurried());

    expect(answer).toMatchObject({ outcome: 'committed', continues: true, stream: path.stream });
    expect(answer.records).toBeGreaterThan(0);
    expect(await handler(request, context())).toMatchObject({ continues: false, records: 3 - answer.records });
    expect(await readHosts(path)).toEqual(['2026-01-31 12:00:00 a 3']);
  });

  it('fails where it had to stop before the first record, instead of going on for ever', async () => {
    const { path, handler } = await preparedRun('stuck');
    const before = await readAllTables(path);

    await expect(handler({ stream: path.stream, cutOffMs: CUT_OFF_MS }, context(TOO_LITTLE_MS))).rejects.toThrow(
      `Stopped before the first record of stream 'test-run-stuck' up to 2026-01-31T12:00:00.001Z, though more is there`,
    );
    expect(await readAllTables(path)).toEqual(before);
  });

  it('leaves no connection behind, neither where it counts nor where it fails', async () => {
    const { path, handler } = await preparedRun('closed');

    await handler({ stream: path.stream, cutOffMs: CUT_OFF_MS }, context());
    expect(await db.connections()).not.toContain('tidemark scheduled-batch');
    await expect(handler({ stream: path.stream, cutOffMs: CUT_OFF_MS + 1 }, context(TOO_LITTLE_MS))).rejects.toThrow(
      'Stopped before',
    );
    expect(await db.connections()).not.toContain('tidemark scheduled-batch');
  });
});

describe('what the scheduled-batch handler tells the alarms', () => {
  const metrics = () => log.map((line) => JSON.parse(line)).filter((line) => '_aws' in line);

  it('is each commit of the deployed stream', async () => {
    const { handler } = await preparedStream('events', 'scheduled_batch', RECORDS);

    await handler({ stream: 'events', cutOffMs: CUT_OFF_MS }, context());

    expect(metrics()).toMatchObject([
      { Stack: 'Test', Path: 'scheduled-batch', Commits: 1, Events: 3, RowsWritten: 2, QuarantinedLines: 3 },
    ]);
  });

  it("is nothing of a run's", async () => {
    const { path, handler } = await preparedRun('quiet');
    await handler({ stream: path.stream, cutOffMs: CUT_OFF_MS }, context());
    expect(metrics()).toEqual([]);
  });
});
