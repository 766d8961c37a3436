import type { Deployment } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import type { BatchRun } from './batch-run.ts';
import { gbSecondsOf } from './function-time.ts';
import type { PathEffort } from './path-effort.ts';
import { planSchedule } from './schedule.ts';

/**
 * The scheduled-batch path over so many runs, the first invocation of each cold.
 *
 * @param resumeSeconds how long each run waits for the database to come back
 */
export function scheduledBatchEffort(
  parameters: ModelParameters,
  run: BatchRun,
  deployment: Deployment,
  runs: number,
  resumeSeconds: number,
): PathEffort {
  const { initMs, idleTickMs } = parameters;
  const ticks = runs * planSchedule(deployment).ticksPerRun;
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
