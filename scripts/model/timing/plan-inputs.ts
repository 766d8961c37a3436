import type { Deployment } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import type { PreparedWorkload } from '../workload/workload.ts';

/** Everything that a plan follows from. */
export type PlanInputs = {
  readonly parameters: ModelParameters;
  readonly workload: PreparedWorkload;
  readonly deployment: Deployment;
};
