import { described, type Infer, object, oneOf, someOf, within } from '#text/schema.ts';
import { DEPLOYMENT, defaultDeployment } from '../deployment.ts';
import { GENERATED_LOAD, type PreparedWorkload, prepareWorkload, WORKLOAD } from '../workload/workload.ts';

/** Least and greatest value that a user may set, in a command or in a link to the page. */
export const SCENARIO_RANGES = {
  eventsPerSecond: [1, 10_000_000],
  hosts: [1, 10_000_000],
  windowSeconds: [60, 86_400],
  freshnessUsd: [0, 1_000_000_000],
} as const satisfies Readonly<Record<string, readonly [least: number, most: number]>>;

/** Who reads: counts as they grow, or only windows that are final. */
export const READERS = ['partial', 'final'] as const;
export type Reader = (typeof READERS)[number];

/** What the verdict is asked for. */
export const SCENARIO = object(
  {
    workload: described(WORKLOAD, 'the load'),
    deployment: described(
      DEPLOYMENT,
      'what is deployed: the stack’s defaults, not the live run’s small windows. Paths, window, batching window and shards are set for each choice',
    ),
    reader: oneOf(READERS, '`--reads`: counts as they grow, or closed windows only'),
    freshnessUsd: within(
      SCENARIO_RANGES.freshnessUsd[0],
      SCENARIO_RANGES.freshnessUsd[1],
      'USD/month',
      '`--freshness-value`: what a minute less of mean delay is worth',
    ),
    windowsSeconds: someOf(
      within(1, SCENARIO_RANGES.windowSeconds[1], 's'),
      'windows that are judged: the standard ones and those of `--windows`',
    ),
    batchingWindowsSeconds: someOf(
      within(0, 300, 's'),
      'settings of the micro-batch path: the standard ones and those of `--batching-windows`',
    ),
    leastShards: within(1, 1_000_000_000, 'shards', 'least number of shards; more where the load needs them'),
  },
  'scenario',
);
export type Scenario = Infer<typeof SCENARIO>;

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

/** A scenario whose workload is prepared, once for everything that is asked of it. */
export type PreparedScenario = Scenario & { readonly workload: PreparedWorkload };

export function prepareScenario(scenario: Scenario): PreparedScenario {
  return { ...scenario, workload: prepareWorkload(scenario.workload) };
}
