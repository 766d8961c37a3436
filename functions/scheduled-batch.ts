import type { ScheduledBatchAnswer, ScheduledBatchRequest } from './contract.ts';
import { parseEventTime } from './core/event-time.ts';
import type { ShardProgress } from './core/shard.ts';
import { createTally, stateBytes } from './core/tally.ts';
import { dueCutOffMs, isDue } from './core/window.ts';
import { readDeployment } from './deployment.ts';
import { type Context, effortOf, logCommit, logInvocation, startInvocation } from './invocation.ts';
import { connectionBy } from './login/connection.ts';
import { COMMIT_RESERVE_MS, COMMIT_RESERVE_MS_PER_ROW, commitTally, type Effort } from './store/commit.ts';
import { openDatabase } from './store/database.ts';
import { readCheckpoints, readPathState, registerShards } from './store/path-state.ts';
import { schemaOfStream } from './store/schemas.ts';
import { createKinesisClient, kinesisSource } from './stream/kinesis-source.ts';
import { PAGES_SHARE_OF_MEMORY, STATE_SHARE_OF_MEMORY } from './stream/read-shard.ts';
import { readStream } from './stream/read-stream.ts';

const STATEMENT_TIMEOUT_MS = 240_000;

const deployment = readDeployment();
const kinesis = createKinesisClient();
const memoryBytes = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? 1024) * 1024 * 1024;

/** Counts all records after the path's checkpoints that arrived before the cut-off, and commits once, at the end. */
export async function handler(request: ScheduledBatchRequest, context: Context): Promise<ScheduledBatchAnswer> {
  const invocation = startInvocation(context);
  const due = dueOf(request);
  logInvocation(invocation, due?.stream ?? deployment.stream);
  if (due === null) {
    const nothing = { continues: false, cutOffMs: null, records: 0, events: 0 };
    return { outcome: 'not-due', stream: deployment.stream, ...nothing };
  }

  const { stream, cutOffMs } = due;
  const schema = schemaOfStream(stream, 'scheduledBatch', deployment);
  const database = openDatabase({
    connection: connectionBy(deployment.login),
    applicationName: 'tidemark scheduled-batch',
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    remainingMs: () => context.getRemainingTimeInMillis(),
  });
  try {
    const { settings, checkpoints } = await database.within(schema, (session) => readPathState(session, stream));
    const tally = createTally();
    const rows = (): number => tally.counts.rows + tally.quarantined.length;
    const reading = {
      source: kinesisSource(kinesis, stream),
      settings,
      tally,
      cutOffMs,
      mustStop: () => context.getRemainingTimeInMillis() < COMMIT_RESERVE_MS + rows() * COMMIT_RESERVE_MS_PER_ROW,
      isFull: () => stateBytes(tally) > memoryBytes * STATE_SHARE_OF_MEMORY,
      pagesBytes: memoryBytes * PAGES_SHARE_OF_MEMORY,
      now: Date.now,
      sleep,
    };
    const cpuBefore = process.cpuUsage();
    const readingFrom = performance.now();
    const register = (shardId: string) =>
      database.within(schema, async (session) => {
        await registerShards(session, stream, [shardId]);
        return (await readCheckpoints(session, stream)).get(shardId);
      });
    const { shards, continues } = await readStream(reading, checkpoints, register);
    const cpu = process.cpuUsage(cpuBefore);
    const readWaitMs = Math.max(0, performance.now() - readingFrom - (cpu.user + cpu.system) / 1000);
    if (continues && tally.records === 0) {
      // A retry from the same checkpoints would end in the same way, so fail visibly.
      throw new Error(
        `Stopped before the first record of stream '${stream}' up to ${new Date(cutOffMs).toISOString()}, though more is ` +
          'there: expected at least one record per run; give the function more time',
      );
    }

    const effort = (): Effort => effortOf(invocation, { readWaitMs, databaseWaitMs: database.waitedMs() });
    const outcome = await database.within(schema, (session) => commitTally(session, stream, shards, tally, effort));
    // If it is refused but the checkpoints are at our own targets, the commit succeeded and its answer was lost.
    const committed =
      outcome.committed ||
      haveReached(await database.within(schema, (session) => readCheckpoints(session, stream)), shards);
    if (!committed) return { outcome: 'refused', continues: false, stream, cutOffMs, records: 0, events: 0 };
    logCommit(deployment, stream, 'scheduledBatch', tally, outcome);
    const { records, events } = tally;
    return { outcome: 'committed', continues, stream, cutOffMs, records, events };
  } finally {
    await database.close(); // an open connection would keep the database from pausing
  }
}

/** The stream to count and the cut-off of its arrivals; null if the tick makes no window due. */
function dueOf(request: ScheduledBatchRequest): { stream: string; cutOffMs: number } | null {
  if ('stream' in request) {
    if (Number.isFinite(request.cutOffMs)) return request;
    throw new RangeError(`Invalid cutOffMs '${request.cutOffMs}': expected epoch milliseconds`);
  }
  const { settings, tickMs, stream } = deployment;
  const scheduledMs = readScheduledTime(request.scheduledTime);
  return isDue(scheduledMs, tickMs, settings) ? { stream, cutOffMs: dueCutOffMs(scheduledMs, settings) } : null;
}

const MINUTE_MS = 60_000;
const PLACEHOLDER = '<aws.scheduler.scheduled-time>';

/**
 * The tick's scheduled time, epoch ms. Some emulators do not replace the placeholder: the current minute is then used,
 * because ticks are scheduled to the minute, and a log line says so.
 *
 * @throws RangeError if the text is no time
 */
function readScheduledTime(text: string): number {
  if (text === PLACEHOLDER) {
    const minuteMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
    process.stdout.write(`${JSON.stringify({ type: 'tidemark.scheduled-time', given: text, taken: minuteMs })}\n`);
    return minuteMs;
  }
  const givenMs = parseEventTime(text);
  if (Number.isNaN(givenMs)) throw new RangeError(`Invalid scheduledTime '${text}': expected ISO 8601`);
  return givenMs;
}

function haveReached(
  checkpoints: ReadonlyMap<string, { sequenceNumber: string | null }>,
  shards: readonly ShardProgress[],
): boolean {
  return shards.every(({ shardId, reached }) => checkpoints.get(shardId)?.sequenceNumber === reached.sequenceNumber);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
