import type { RedriveAnswer } from '#functions/contract.ts';
import type { StreamRecord } from '#functions/core/tally.ts';
import { redrive } from '#functions/redrive.ts';
import type { Database } from '#functions/store/database.ts';
import { runSchema } from '#functions/store/schemas.ts';
import { DEPLOYED } from './environments.ts';
import { kinesisEvent } from './records.ts';
import { SHARD } from './tallies.ts';
import { preparedPath, type TestPath } from './test-path.ts';

const DEPLOYMENT = { ...DEPLOYED, stack: 'test', deployedRun: null };

/** The micro-batch path of a run, where its stream's name leads. */
export function preparedRunPath(
  database: Database,
  run: string,
  options: Omit<NonNullable<Parameters<typeof preparedPath>[1]>, 'schema' | 'stream'> = {},
): Promise<TestPath> {
  return preparedPath(database, {
    ...options,
    schema: runSchema(run, 'microBatch'),
    stream: `${DEPLOYED.runPrefix}${run}`,
  });
}

/** Hands records to `redrive` as the micro-batch function does. */
export function redriven(
  { database, stream }: Pick<TestPath, 'database' | 'stream'>,
  records: readonly StreamRecord[],
  { after, shardId = SHARD }: { after?: string | null; shardId?: string } = {},
): Promise<RedriveAnswer> {
  const invocation = { requestId: 'a-redrive', cold: false, startedMs: Date.now(), cpuStart: process.cpuUsage() };
  const { Records } = kinesisEvent(stream, shardId, records);
  const asked = after === undefined ? { Records } : { Records, after };
  return redrive({ redrive: asked }, { database, deployment: DEPLOYMENT, invocation });
}
