import { useMonthly } from '../cost/monthly-uses.ts';
import { usdOf } from '../cost/term.ts';
import { type Delays, microBatchDelays, scheduledBatchDelays } from '../model/delay.ts';
import { type Deployment, runsMicroBatch } from '../model/deployment.ts';
import type { Model } from '../model/model.ts';
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
  { parameters, prices }: Model,
  scenario: Scenario,
  deployment: Deployment,
): Objective {
  const { workload, reader, freshnessUsd } = scenario;
  const delaysOf = runsMicroBatch(deployment) ? microBatchDelays : scheduledBatchDelays;
  const { freshnessSeconds, finalitySeconds } = delaysOf(parameters, workload, deployment);
  const { uses } = useMonthly(parameters, workload, deployment);
  const costUsd = uses.reduce((sum, use) => sum + usdOf(prices, use), 0);
  const delaySeconds = reader === 'partial' ? freshnessSeconds : finalitySeconds;
  const objectiveUsd = costUsd + (freshnessUsd * delaySeconds) / 60;
  return { costUsd, freshnessSeconds, finalitySeconds, delaySeconds, objectiveUsd };
}
