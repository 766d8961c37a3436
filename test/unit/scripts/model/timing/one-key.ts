import { type Deployment, defaultDeployment } from '#model/deployment.ts';
import { type ModelParameters, STANDARD } from '#model/parameters.ts';
import { type Plan, planDeployment } from '#model/plan/plan-deployment.ts';
import type { BatchRun } from '#model/timing/batch-run.ts';
import type { PlanInputs } from '#model/timing/plan-inputs.ts';
import type { MeasuredKeys } from '#model/workload/keys.ts';
import { GENERATED_KEYS, GENERATED_LOAD, prepareWorkload, type Workload } from '#model/workload/workload.ts';

/** A load that can be worked out by hand: 100 events/s of 200 bytes, one in a record, and one key, so that 2 rows hold it all. */
export const ONE_KEY: Workload = {
  ...GENERATED_LOAD,
  eventsPerSecond: 100,
  eventBytes: 200,
  eventsPerRecord: 1,
  keys: { ...GENERATED_KEYS, hosts: 1, referrers: 1, nullReferrerShare: 0 },
};

/** More keys than ever come: each event is 2 rows of its own. */
export const NO_KEY_TWICE: MeasuredKeys = {
  kind: 'measured',
  hosts: 1e14,
  byHost: [{ probability: 1e-14, keys: 1e14 }],
  bySource: [{ probability: 1e-14, keys: 1e14 }],
  events: 1,
};

export const BOTH: Deployment = defaultDeployment('both');
export const MICRO_BATCH: Deployment = defaultDeployment('micro-batch');
export const SCHEDULED_BATCH: Deployment = defaultDeployment('scheduled-batch');

export const MONTH_SECONDS = 730 * 3_600; // 2,628,000

export function inputsOf(
  workload: Workload,
  deployment: Deployment,
  parameters: ModelParameters = STANDARD,
): PlanInputs {
  return { parameters, workload: prepareWorkload(workload), deployment };
}

export function planOf(workload: Workload, deployment: Deployment, parameters: ModelParameters = STANDARD): Plan {
  return planDeployment(parameters, prepareWorkload(workload), deployment);
}

export function runOf(workload: Workload, deployment: Deployment, parameters: ModelParameters = STANDARD): BatchRun {
  const { scheduledBatch } = planOf(workload, deployment, parameters);
  if (scheduledBatch === null) throw new Error(`Invalid paths '${deployment.paths}': expected the scheduled batch`);
  return scheduledBatch.run;
}
