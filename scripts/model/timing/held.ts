import type { Deployment } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import type { Workload } from '../workload/workload.ts';
import { mostKeys, planBatchRun } from './batch-run.ts';
import { planMicroBatch } from './micro-batch.ts';

/** What one invocation holds in memory until it commits. */
export type Held = {
  readonly keys: number;
  readonly bytes: number;
  /** Keys that it may hold at most. */
  readonly mostKeys: number;
};

export function heldByMicroBatch(parameters: ModelParameters, workload: Workload, deployment: Deployment): Held {
  return hold(parameters, deployment, planMicroBatch(parameters, workload, deployment)?.rowsWritten ?? 0);
}

export function heldByScheduledBatch(parameters: ModelParameters, workload: Workload, deployment: Deployment): Held {
  return hold(parameters, deployment, planBatchRun(parameters, workload, deployment).keysHeld);
}

function hold(parameters: ModelParameters, deployment: Deployment, keys: number): Held {
  return { keys, bytes: keys * parameters.stateBytesPerKey, mostKeys: mostKeys(parameters, deployment) };
}
