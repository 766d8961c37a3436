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

/** Readers use counts as they grow (`partial`), or only windows that are final. */
export const READERS = ['partial', 'final'] as const;
export type Reader = (typeof READERS)[number];

/** The case that a verdict is for: load, deployment, reader and the settings to compare. */
export const SCENARIO = object(
  {
    workload: described(WORKLOAD, 'the load'),
    deployment: described(
      DEPLOYMENT,
      'the stack’s default deployment, not the live run’s small windows. Each choice sets its own paths, window, batching window and shards',
    ),
    reader: oneOf(READERS, 'who reads: `partial` reads counts as they grow, `final` only closed windows'),
    freshnessUsd: within(
      SCENARIO_RANGES.freshnessUsd[0],
      SCENARIO_RANGES.freshnessUsd[1],
      'USD/month',
      'value of one minute less of mean delay',
    ),
    windowsSeconds: someOf(
      within(1, SCENARIO_RANGES.windowSeconds[1], 's'),
      'windows that are judged: the standard ones, and any that were asked for',
    ),
    batchingWindowsSeconds: someOf(
      within(0, 300, 's'),
      'batching windows of the micro-batch path: the standard ones, and any that were asked for',
    ),
    leastShards: within(1, 1_000_000_000, 'shards', 'least number of shards; more where the load needs them'),
  },
  'scenario',
);
export type Scenario = Infer<typeof SCENARIO>;

/** A scenario of the generated load on the default stack, for readers of counts as they grow. */
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

/** A scenario whose workload is prepared once, before it is planned many times. */
export type PreparedScenario = Scenario & { readonly workload: PreparedWorkload };

export function prepareScenario(scenario: Scenario): PreparedScenario {
  return { ...scenario, workload: prepareWorkload(scenario.workload) };
}
