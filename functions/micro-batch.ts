import { Buffer } from 'node:buffer';
import type { Settings } from './core/settings.ts';
import { type Checkpoint, isCounted, type ShardProgress, startShard, UNREAD } from './core/shard.ts';
import { createTally, type Tally, tallyRecord } from './core/tally.ts';
import { readDeployment } from './deployment.ts';
import { type Context, effortOf, type Invocation, logCommit, logInvocation, startInvocation } from './invocation.ts';
import { arrivalMsOf, type KinesisRecord, sourceOf } from './kinesis-record.ts';
import { connectionBy } from './login/connection.ts';
import { redrive } from './redrive.ts';
import type { RedriveAnswer, RedriveRequest } from './redrive-request.ts';
import { beginShard, type Counted, raiseSilentShards } from './silent-shards.ts';
import { commitTally, type Effort } from './store/commit.ts';
import { openDatabase } from './store/database.ts';
import { type PathState, readCheckpoints, readPathState } from './store/path-state.ts';
import { schemaOfStream } from './store/schemas.ts';
import { createLookingClient, kinesisSource } from './stream/kinesis-source.ts';

const STATEMENT_TIMEOUT_MS = 20_000;

/** Least time between two looks at the silent shards of a stream, ms. */
const LOOK_INTERVAL_MS = 1_000;
/** Time without looks after one failed, ms. */
const LOOK_PAUSE_MS = 30_000;

const deployment = readDeployment();
const kinesis = createLookingClient();
let remainingMs = (): number => 0;
const database = openDatabase({
  connection: connectionBy(deployment.login),
  applicationName: 'tidemark micro-batch',
  statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  remainingMs: () => remainingMs(),
});

type StreamState = PathState & { counted: Counted; nextLookMs: number };

/**
 * State of each stream as this environment last saw it. It may be stale: the commit is then refused, and it is read
 * again.
 */
const states = new Map<string, StreamState>();

type NothingFailed = { batchItemFailures: never[] };

/** Counts a batch from the event source mapping, or redrives records that the mapping gave up. */
export async function handler(event: { Records: KinesisRecord[] }, context: Context): Promise<NothingFailed>;
export async function handler(event: RedriveRequest, context: Context): Promise<RedriveAnswer>;
export async function handler(
  event: { Records: KinesisRecord[] } | RedriveRequest,
  context: Context,
): Promise<NothingFailed | RedriveAnswer> {
  const invocation = startInvocation(context);
  remainingMs = () => context.getRemainingTimeInMillis();
  return 'redrive' in event
    ? redrive(event, { database, deployment, invocation })
    : countBatch(event.Records, invocation);
}

/**
 * Counts one batch of one shard. A record that can't be counted is quarantined and fails nothing, so the answer is
 * always that nothing failed. If it throws, nothing was written.
 */
async function countBatch(records: readonly KinesisRecord[], invocation: Invocation): Promise<NothingFailed> {
  const [first] = records;
  if (first === undefined) return { batchItemFailures: [] };
  const waitedBeforeMs = database.waitedMs();
  const { stream, shardId } = sourceOf(first);
  logInvocation(invocation, stream);

  const schema = schemaOfStream(stream, 'microBatch', deployment);
  const known = states.get(stream);
  const state = known ?? (await readState(schema, stream));
  states.set(stream, state);
  let proven = known === undefined;
  if ((state.checkpoints.get(shardId)?.sequenceNumber ?? null) === null) {
    state.checkpoints = await beginShard(state.counted, shardId, state.checkpoints);
  }

  for (;;) {
    const from = state.checkpoints.get(shardId) ?? UNREAD;
    const { tally, shard } = tallyBatch(records, shardId, from, state.settings);
    if (tally.records === 0) {
      // All records were counted before. Ask the database once, because the cached state may be of tables that were
      // replaced.
      if (proven) return { batchItemFailures: [] };
      state.checkpoints = await database.within(schema, (session) => readCheckpoints(session, stream));
      proven = true;
      continue;
    }
    const effort = (): Effort =>
      effortOf(invocation, { readWaitMs: 0, databaseWaitMs: database.waitedMs() - waitedBeforeMs });
    const outcome = await database.within(schema, (session) => commitTally(session, stream, [shard], tally, effort));
    if (outcome.committed) {
      state.checkpoints.set(shardId, shard.reached);
      logCommit(deployment, stream, 'microBatch', tally, outcome);
      if (outcome.busyWatermarkMs !== null) await lookAtSilentShards(state, outcome.busyWatermarkMs);
      return { batchItemFailures: [] };
    }
    // Another invocation moved the checkpoint: skip the records that it counted, and try the rest from its checkpoint.
    const seen = outcome.current.get(shardId);
    const current =
      seen !== undefined && (seen.sequenceNumber !== from.sequenceNumber || seen.watermarkMs !== from.watermarkMs)
        ? seen
        : (await database.within(schema, (session) => readCheckpoints(session, stream))).get(shardId);
    if (current !== undefined) state.checkpoints.set(shardId, current);
    else state.checkpoints = await beginShard(state.counted, shardId, new Map()); // the tables were replaced
  }
}

async function readState(schema: string, stream: string): Promise<StreamState> {
  const state = await database.within(schema, (session) => readPathState(session, stream));
  return { ...state, counted: { database, schema, stream, source: kinesisSource(kinesis, stream) }, nextLookMs: 0 };
}

/** The batch is committed, so a look that fails only keeps windows open for longer: it is logged, and tried again later. */
async function lookAtSilentShards(state: StreamState, busyWatermarkMs: number): Promise<void> {
  if (Date.now() < state.nextLookMs) return;
  state.nextLookMs = Date.now() + LOOK_INTERVAL_MS;
  try {
    for (const [shardId, raised] of await raiseSilentShards(state.counted, busyWatermarkMs)) {
      state.checkpoints.set(shardId, raised);
    }
  } catch (error) {
    state.nextLookMs = Date.now() + LOOK_PAUSE_MS;
    const { stream } = state.counted;
    process.stdout.write(`${JSON.stringify({ type: 'tidemark.look-failed', stream, message: String(error) })}\n`);
  }
}

let buffer = Buffer.alloc(64 * 1024);

function tallyBatch(
  records: readonly KinesisRecord[],
  shardId: string,
  from: Checkpoint,
  settings: Settings,
): { tally: Tally; shard: ShardProgress } {
  const tally = createTally();
  const shard = startShard(shardId, from);
  let counted = true; // records come in order, so all records after the first new one are new
  for (const record of records) {
    const { sequenceNumber, data } = record.kinesis;
    counted &&= isCounted(sequenceNumber, from);
    if (counted) continue;
    tallyRecord(tally, shard, { sequenceNumber, arrivalMs: arrivalMsOf(record), data: decodeBase64(data) }, settings);
  }
  return { tally, shard };
}

/** Decodes into a shared buffer, which the next call overwrites, to save an allocation per record. */
function decodeBase64(text: string): Buffer {
  if (text.length > buffer.length) buffer = Buffer.alloc(text.length * 2);
  return buffer.subarray(0, buffer.write(text, 'base64'));
}
