import type { ScheduledBatchAnswer, ScheduledBatchRequest } from './contract.ts';
import { cutOffMs, isDue } from './core/schedule.ts';
import type { ShardProgress } from './core/shard.ts';
import { createTally, stateBytes } from './core/tally.ts';
import { readDeployment } from './deployment.ts';
import { type Context, effortOf, logInvocation, startInvocation } from './invocation.ts';
import { commitTally, type Effort } from './store/commit.ts';
import { openDatabase } from './store/database.ts';
import { readCheckpoints, readPathState } from './store/path-state.ts';
import { schemaOfStream } from './store/schema-name.ts';
import { createKinesisClient, kinesisSource } from './stream/kinesis-source.ts';
import { readStream } from './stream/read-stream.ts';

const STATEMENT_TIMEOUT_MS = 240_000;
/** Kept for the commit: connecting, one statement, and what a row takes to write. */
const COMMIT_RESERVE_MS = 10_000;
const COMMIT_RESERVE_MS_PER_ROW = 0.1;
const STATE_SHARE_OF_MEMORY = 0.25; // the statement's arrays and their text take about as much again

const deployment = readDeployment();
const kinesis = createKinesisClient();
const memoryBytes = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? 1024) * 1024 * 1024;

/** Counts everything that arrived before the cut-off, from the path's checkpoints, and commits it once, at the end. */
export async function handler(request: ScheduledBatchRequest, context: Context): Promise<ScheduledBatchAnswer> {
  const invocation = startInvocation(context);
  const target = targetOf(request);
  logInvocation(invocation, target?.stream ?? deployment.stream);
  if (target === null) return { outcome: 'not-due', continues: false, cutOffMs: null, records: 0, events: 0 };

  const { stream, cutOffMs } = target;
  const schema = schemaOfStream(stream, 'scheduled_batch', deployment);
  const database = openDatabase({
    url: deployment.databaseUrl,
    applicationName: 'tidemark scheduled-batch',
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    remainingMs: () => context.getRemainingTimeInMillis(),
  });
  try {
    const { settings, checkpoints } = await database.within(schema, (session) => readPathState(session, stream));
    const tally = createTally();
    const mustStop = (): boolean =>
      context.getRemainingTimeInMillis() < COMMIT_RESERVE_MS + tally.counts.rows * COMMIT_RESERVE_MS_PER_ROW ||
      stateBytes(tally) > memoryBytes * STATE_SHARE_OF_MEMORY;
    const source = kinesisSource(kinesis, stream);
    const reading = { source, settings, tally, cutOffMs, mustStop, now: Date.now, sleep };
    const cpuBefore = process.cpuUsage();
    const readingFrom = performance.now();
    const { shards, continues } = await readStream(reading, checkpoints);
    const cpu = process.cpuUsage(cpuBefore);
    const readWaitMs = Math.max(0, performance.now() - readingFrom - (cpu.user + cpu.system) / 1000);

    const effort = (): Effort => effortOf(invocation, { readWaitMs, databaseWaitMs: database.waitedMs() });
    const outcome = await database.within(schema, (session) => commitTally(session, stream, shards, tally, effort));
    // Refused with the checkpoints at our own targets: it was our statement whose answer got lost.
    const committed =
      outcome.committed || stand(await database.within(schema, (session) => readCheckpoints(session, stream)), shards);
    if (!committed) return { outcome: 'refused', continues: false, cutOffMs, records: 0, events: 0 };
    const { records, events } = tally;
    return { outcome: 'committed', continues, cutOffMs, records, events };
  } finally {
    await database.close(); // a connection left open keeps a pausing database awake
  }
}

/** What to count up to which arrival; null where the tick makes no window due. */
function targetOf(request: ScheduledBatchRequest): { stream: string; cutOffMs: number } | null {
  if ('stream' in request) return request;
  const { settings, tickMs, stream } = deployment;
  const scheduledMs = scheduledTimeMs(request.scheduledTime, tickMs);
  return isDue(scheduledMs, tickMs, settings) ? { stream, cutOffMs: cutOffMs(scheduledMs, settings) } : null;
}

/** The tick's nominal time; an emulator that leaves the placeholder in gets the last tick's, and a line that says so. */
function scheduledTimeMs(text: string, tickMs: number): number {
  const givenMs = Date.parse(text);
  if (!Number.isNaN(givenMs)) return givenMs;
  const lastTickMs = Math.floor(Date.now() / tickMs) * tickMs;
  process.stdout.write(`${JSON.stringify({ type: 'tidemark.scheduled-time', given: text, taken: lastTickMs })}\n`);
  return lastTickMs;
}

function stand(
  checkpoints: ReadonlyMap<string, { sequenceNumber: string | null }>,
  shards: readonly ShardProgress[],
): boolean {
  return shards.every(({ shardId, reached }) => checkpoints.get(shardId)?.sequenceNumber === reached.sequenceNumber);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
