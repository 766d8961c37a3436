import type { Deployment } from '../model/deployment.ts';
import type { Model } from '../model/model.ts';
import type { Workload } from '../model/workload.ts';
import { type MonthlyUse, useMonthly } from './monthly-uses.ts';
import { usdOf } from './term.ts';

/** The sums of a monthly cost, without its terms; total = shared + fixed + variable. USD a month. */
export type CostParts = {
  readonly totalUsd: number;
  /** What either path needs: the stream, and whatever both of two paths share. */
  readonly sharedUsd: number;
  /** Of the paths' own, what is paid while nothing comes, and what the load adds. */
  readonly fixedUsd: number;
  readonly variableUsd: number;
} & Omit<MonthlyUse, 'uses'>;

/** As `estimateMonthlyCost`, for whoever asks thousands of times. */
export function estimateCostParts(model: Model, workload: Workload, deployment: Deployment): CostParts {
  const { uses, ...used } = useMonthly(model.parameters, workload, deployment);
  const { sharedUsd, ownUsd } = sumByOwner(model, uses);
  const idle = useMonthly(model.parameters, { ...workload, eventsPerSecond: 0 }, deployment);
  const fixedUsd = sumByOwner(model, idle.uses).ownUsd;
  return { ...used, totalUsd: sharedUsd + ownUsd, sharedUsd, fixedUsd, variableUsd: ownUsd - fixedUsd };
}

function sumByOwner({ prices }: Model, uses: MonthlyUse['uses']): { sharedUsd: number; ownUsd: number } {
  let sharedUsd = 0;
  let ownUsd = 0;
  for (const use of uses) {
    if (use.owner === 'shared') sharedUsd += usdOf(prices, use);
    else ownUsd += usdOf(prices, use);
  }
  return { sharedUsd, ownUsd };
}
