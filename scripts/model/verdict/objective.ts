import { usdOf } from '../cost/term.ts';
import type { Plan } from '../plan/plan-deployment.ts';
import type { PriceTable } from '../prices/price-table.ts';
import type { Delays } from '../timing/delay.ts';
import type { Scenario } from './scenario.ts';

/** Figures that decide between paths and settings. */
export type Objective = Delays & {
  /** Cost, USD/month. */
  readonly costUsd: number;
  /** Delay of the scenario's reader, s: freshness or finality. */
  readonly delaySeconds: number;
  /** Cost + value of freshness × delay in minutes, USD/month. */
  readonly objectiveUsd: number;
};

/** @param plan a plan of one path alone */
export function estimateObjective(
  { prices }: { readonly prices: PriceTable },
  scenario: Pick<Scenario, 'reader' | 'freshnessUsd'>,
  plan: Pick<Plan, 'uses' | 'delays'>,
): Objective {
  return weighDelay(
    plan.uses.reduce((sum, use) => sum + usdOf(prices, use), 0),
    plan.delays,
    scenario,
  );
}

/** Combines a cost and its delay to one objective. */
export function weighDelay(
  costUsd: number,
  { freshnessSeconds, finalitySeconds }: Delays,
  { reader, freshnessUsd }: Pick<Scenario, 'reader' | 'freshnessUsd'>,
): Objective {
  const delaySeconds = reader === 'partial' ? freshnessSeconds : finalitySeconds;
  const objectiveUsd = costUsd + (freshnessUsd * delaySeconds) / 60;
  return { costUsd, freshnessSeconds, finalitySeconds, delaySeconds, objectiveUsd };
}
