import type { Settings } from './core/settings.ts';
import { type Checkpoint, isCounted, startGap, startShard, UNREAD } from './core/shard.ts';
import { createTally, type StreamRecord, type Tally, tallyRecord } from './core/tally.ts';
import { findFirstUncounted, type UncountedRun } from './core/uncounted.ts';
import type { Deployment } from './deployment.ts';
import { effortOf, type Invocation, logCommit, logInvocation } from './invocation.ts';
import { toStreamRecord } from './kinesis-record.ts';
import { type RedriveAnswer, type RedriveRequest, readRedriveRequest } from './redrive-request.ts';
import { type CommitOutcome, commitTally, type Effort } from './store/commit.ts';
import type { Database, Session } from './store/database.ts';
import { lockPath, readCheckpoints, readPathState, registerShards } from './store/path-state.ts';
import { readRanges } from './store/redrive-ranges.ts';
import { schemaOfStream } from './store/schemas.ts';

export type RedriveDeps = {
  database: Database;
  deployment: Pick<Deployment, 'stack' | 'stream' | 'runPrefix' | 'deployedRun'>;
  invocation: Invocation;
};

/**
 * Counts the records that no ledger row covers. Each record is counted once, even if this is called twice,
 * concurrently, or while the original invocation still commits. If it throws, a part may be counted; the next call
 * skips that part.
 *
 * @throws RangeError if the records are not from one shard, in the order of the stream, as the mapping sent them
 */
export async function redrive(request: RedriveRequest, deps: RedriveDeps): Promise<RedriveAnswer> {
  const { database, deployment, invocation } = deps;
  const { stream, shardId, records, after } = readRedriveRequest(request);
  logInvocation(invocation, stream);
  const schema = schemaOfStream(stream, 'microBatch', deployment);
  const waitedBeforeMs = database.waitedMs();
  const { settings, checkpoints } = await database.within(schema, (session) => readPathState(session, stream));
  if (!checkpoints.has(shardId)) await database.within(schema, (session) => registerShards(session, stream, [shardId]));
  const batch = { stream, shardId, settings, records: records.map(toStreamRecord), after };

  const counted: CountedRun[] = [];
  for (let rest: readonly StreamRecord[] = batch.records; rest.length > 0; ) {
    // One transaction per run: two runs in one would take row locks in an order that can deadlock with another shard's.
    const step = await database.within(schema, (session) =>
      session.transaction(() => {
        const databaseWaitMs = database.waitedMs() - waitedBeforeMs;
        return countNextRun(session, batch, rest, () => effortOf(invocation, { readWaitMs: 0, databaseWaitMs }));
      }),
    );
    if (step.kind === 'end') return answerOf(batch, counted, step);
    counted.push(step);
    rest = rest.slice(rest.indexOf(step.run.records.at(-1) as StreamRecord) + 1);
    logCommit(deployment, stream, 'microBatch', step.tally, step.outcome);
  }
  return answerOf(batch, counted, { kind: 'end', ahead: null });
}

type Batch = {
  stream: string;
  shardId: string;
  settings: Settings;
  records: readonly StreamRecord[];
  after: string | null | undefined;
};

type CountedRun = { run: UncountedRun<StreamRecord>; tally: Tally };
type End = { kind: 'end'; ahead: { run: UncountedRun<StreamRecord>; checkpoint: Checkpoint } | null };
type Step = ({ kind: 'run'; outcome: CommitOutcome & { committed: true } } & CountedRun) | End;

/** Counts the first run of uncounted records. The path is locked, so no other batch can commit meanwhile. */
async function countNextRun(
  session: Session,
  batch: Batch,
  records: readonly StreamRecord[],
  effort: () => Effort,
): Promise<Step> {
  const { stream, shardId, settings } = batch;
  const { first, last } = edgesOf(records);
  await lockPath(session);
  const checkpoint = (await readCheckpoints(session, stream)).get(shardId) ?? UNREAD;
  const ranges = await readRanges(session, stream, shardId, first, last);
  const run = findFirstUncounted(records, checkpoint, ranges);
  if (run === null) return { kind: 'end', ahead: null };
  if (run.place === 'ahead' && !reachesBack(batch, checkpoint)) return { kind: 'end', ahead: { run, checkpoint } };

  const tally = createTally();
  const shard =
    run.place === 'ahead' ? startShard(shardId, checkpoint) : startGap(shardId, checkpoint, run.watermarkMs);
  for (const record of run.records) tallyRecord(tally, shard, record, settings);
  const outcome = await commitTally(session, stream, [shard], tally, effort, { alone: true });
  if (!outcome.committed) throw new Error(`Shard '${shardId}' moved in a locked path: expected no other commit`);
  return { kind: 'run', run, tally, outcome };
}

/**
 * Whether the stream holds no record between the checkpoint and the records ahead of it. Only then may the checkpoint
 * move to them: otherwise the mapping may still deliver records between, and they would be taken for counted.
 */
function reachesBack({ records, after }: Batch, checkpoint: Checkpoint): boolean {
  const [first] = records as [StreamRecord];
  return (
    after === null ||
    (after !== undefined && isCounted(after, checkpoint)) ||
    isCounted(first.sequenceNumber, checkpoint) // the records have no gap, and they begin at or below the checkpoint
  );
}

function answerOf(batch: Batch, runs: readonly CountedRun[], { ahead }: End): RedriveAnswer {
  const { stream, shardId, records } = batch;
  const sum = (of: (tally: Tally) => number): number => runs.reduce((total, { tally }) => total + of(tally), 0);
  const counted = sum((tally) => tally.records);
  return {
    stream,
    shardId,
    records: records.length,
    counted,
    ranges: runs.map(({ run }) => ({ ...edgesOf(run.records), records: run.records.length })),
    events: sum((tally) => tally.events),
    quarantined: sum((tally) => tally.quarantined.length),
    dropped: sum((tally) => tally.dropped),
    alreadyCounted: records.length - counted - (ahead?.run.records.length ?? 0),
    ahead: ahead && {
      first: edgesOf(ahead.run.records).first,
      records: ahead.run.records.length,
      checkpoint: ahead.checkpoint.sequenceNumber,
    },
  };
}

function edgesOf(records: readonly StreamRecord[]): { first: string; last: string } {
  const [first, last] = [records[0], records.at(-1)] as [StreamRecord, StreamRecord];
  return { first: first.sequenceNumber, last: last.sequenceNumber };
}
