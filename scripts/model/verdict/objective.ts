import { useMonthly } from '../cost/monthly-uses.ts';
import { type Use, usdOf } from '../cost/term.ts';
import type { Deployment } from '../deployment.ts';
import type { Model } from '../model.ts';
import type { ModelParameters } from '../parameters.ts';
import { type Delays, microBatchDelays, scheduledBatchDelays } from '../timing/delay.ts';
import type { Workload } from '../workload/workload.ts';
import type { Scenario } from './scenario.ts';

/** What one path with one setting is judged by. */
export type Objective = Delays & {
  /** USD a month. */
  readonly costUsd: number;
  /** What the scenario's reader waits: freshness, or finality. */
  readonly delaySeconds: number;
  /** Cost + value of freshness × delay in minutes. */
  readonly objectiveUsd: number;
};

/** The sums alone: a verdict asks for thousands of them. */
export function estimateObjective(
  { parameters, prices }: Pick<Model, 'parameters' | 'prices'>,
  scenario: Scenario,
  deployment: Deployment,
): Objective {
  const { workload, reader, freshnessUsd } = scenario;
  const { delays, uses } = planOnce(parameters, workload, deployment);
  const { freshnessSeconds, finalitySeconds } = delays;
  const costUsd = uses.reduce((sum, use) => sum + usdOf(prices, use), 0);
  const delaySeconds = reader === 'partial' ? freshnessSeconds : finalitySeconds;
  const objectiveUsd = costUsd + (freshnessUsd * delaySeconds) / 60;
  return { costUsd, freshnessSeconds, finalitySeconds, delaySeconds, objectiveUsd };
}

type Plan = { readonly delays: Delays; readonly uses: readonly Use[] };

/** What is used doesn't depend on prices, readers and the value of freshness, which most questions differ in. */
const plans = new WeakMap<ModelParameters, WeakMap<Workload, Map<string, Plan>>>();

function planOnce(parameters: ModelParameters, workload: Workload, deployment: Deployment): Plan {
  const byWorkload = entryOf(plans, parameters, () => new WeakMap<Workload, Map<string, Plan>>());
  const byDeployment = entryOf(byWorkload, workload, () => new Map<string, Plan>());
  return entryOf(byDeployment, JSON.stringify(deployment), () => {
    const { uses, batchRun } = useMonthly(parameters, workload, deployment);
    const delays =
      batchRun === null
        ? microBatchDelays(parameters, workload, deployment)
        : scheduledBatchDelays(parameters, workload, deployment, batchRun);
    return { delays, uses };
  });
}

function entryOf<Key, Entry>(
  entries: { get(key: Key): Entry | undefined; set(key: Key, entry: Entry): unknown },
  key: Key,
  make: () => Entry,
): Entry {
  const known = entries.get(key);
  if (known !== undefined) return known;
  const made = make();
  entries.set(key, made);
  return made;
}
