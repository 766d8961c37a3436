import type { BatchRun } from './batch-run.ts';
import { gbSecondsOf } from './function-time.ts';
import type { MicroBatch } from './micro-batch.ts';
import type { PlanInputs } from './plan-inputs.ts';
import type { Schedule } from './schedule.ts';

/** The work of one path over a period. */
export type PathEffort = {
  readonly invocations: number;
  readonly gbSeconds: number;
  /** Number of committed statements. */
  readonly commits: number;
  readonly rowsWritten: number;
  /** Number of inserted rows; the other written rows are updates. */
  readonly rowsFresh: number;
  /** Bytes that the function itself reads from the stream. */
  readonly bytesRead: number;
  readonly recordsRead: number;
  /** Number of invocations by the scheduler. */
  readonly ticks: number;
  /** Number of answers that go to the event bus. */
  readonly successEvents: number;
  /** Number of connections that are opened for a single run. */
  readonly connections: number;
};

export const NO_EFFORT: PathEffort = {
  invocations: 0,
  gbSeconds: 0,
  commits: 0,
  rowsWritten: 0,
  rowsFresh: 0,
  bytesRead: 0,
  recordsRead: 0,
  ticks: 0,
  successEvents: 0,
  connections: 0,
};

/**
 * The effort of the micro-batch path over a period.
 *
 * @param batch null without events
 * @param resumeSeconds mean time that a batch waits for the database to resume
 */
export function microBatchEffort(
  batch: MicroBatch | null,
  { deployment }: Pick<PlanInputs, 'deployment'>,
  seconds: number,
  resumeSeconds: number,
): PathEffort {
  if (batch === null) return NO_EFFORT;
  const invocations = (deployment.shards / batch.spanSeconds) * seconds;
  return {
    ...NO_EFFORT,
    invocations,
    gbSeconds: invocations * gbSecondsOf(batch.durationMs + resumeSeconds * 1_000, deployment),
    commits: invocations,
    rowsWritten: batch.rowsWritten * invocations,
    rowsFresh: batch.rowsFresh * invocations,
  };
}

/**
 * The effort of the scheduled-batch path over a number of runs. The first invocation of each run is cold.
 *
 * @param resumeSeconds mean time that a run waits for the database to resume
 */
export function scheduledBatchEffort(
  run: BatchRun,
  { parameters, deployment }: Pick<PlanInputs, 'parameters' | 'deployment'>,
  { ticksPerRun }: Schedule,
  runs: number,
  resumeSeconds: number,
): PathEffort {
  const { initMs, idleTickMs } = parameters;
  const ticks = runs * ticksPerRun;
  const continued = run.parts - 1;
  const runGbSeconds =
    gbSecondsOf(initMs + (run.firstSeconds + resumeSeconds) * 1_000, deployment) +
    continued * gbSecondsOf(run.laterSeconds * 1_000, deployment);
  const invocations = ticks + runs * continued;
  return {
    invocations,
    gbSeconds: runs * runGbSeconds + (ticks - runs) * gbSecondsOf(idleTickMs, deployment),
    commits: runs * run.parts,
    rowsWritten: run.rowsWritten * runs,
    rowsFresh: run.rowsFresh * runs,
    bytesRead: run.bytes * runs,
    recordsRead: run.records * runs,
    ticks,
    successEvents: invocations,
    connections: runs * run.parts,
  };
}
