import { type Deployment, defaultDeployment } from '../deployment.ts';
import { GENERATED_LOAD, type Workload } from '../workload/workload.ts';

/** Who reads: counts as they grow, or only windows that are final. */
export const READERS = ['partial', 'final'] as const;
export type Reader = (typeof READERS)[number];

/** What the verdict is asked for. */
export type Scenario = {
  readonly workload: Workload;
  /** Paths, window, batching window and shards in it are set for each choice. */
  readonly deployment: Deployment;
  readonly reader: Reader;
  /** What freshness is worth: USD a month for each minute of mean delay. */
  readonly freshnessUsd: number;
  readonly windowsSeconds: readonly number[];
  readonly batchingWindowsSeconds: readonly number[];
  /** At least so many; more where the load needs them. */
  readonly leastShards: number;
};

/** The generated load on the stack as it is deployed by default, for readers of counts as they grow. */
export function createScenario(given: Partial<Scenario> = {}): Scenario {
  return {
    workload: GENERATED_LOAD,
    deployment: defaultDeployment('both'),
    reader: 'partial',
    freshnessUsd: 0,
    windowsSeconds: [60, 300, 900, 1_800, 3_600, 7_200],
    batchingWindowsSeconds: [0, 1, 10, 60, 300],
    leastShards: 1,
    ...given,
  };
}
