import type { Deployment } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import type { Workload } from '../workload/workload.ts';
import { gbSecondsOf } from './function-time.ts';
import { planMicroBatch } from './micro-batch.ts';
import { NO_EFFORT, type PathEffort } from './path-effort.ts';

/**
 * The micro-batch path over so many seconds.
 *
 * @param resumeSeconds how long a batch waits for the database to come back, in the mean
 */
export function microBatchEffort(
  parameters: ModelParameters,
  workload: Workload,
  deployment: Deployment,
  seconds: number,
  resumeSeconds = 0,
): PathEffort {
  const batch = planMicroBatch(parameters, workload, deployment);
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
