import type { MonthlyCost } from './monthly-cost.ts';

/** The parts of a monthly cost, USD: total = shared + fixed + variable. */
export type SplitCost = {
  /** What either path needs: the stream, and whatever both of two paths share. */
  readonly sharedUsd: number;
  /** Of the paths' own, what is paid while nothing comes, and what the load adds. */
  readonly fixedUsd: number;
  readonly variableUsd: number;
};

export function splitCost({ terms }: Pick<MonthlyCost, 'terms'>): SplitCost {
  let [sharedUsd, fixedUsd, variableUsd] = [0, 0, 0];
  for (const { owner, costUsd, idleUsd } of terms) {
    if (owner === 'shared') sharedUsd += costUsd;
    else {
      fixedUsd += idleUsd;
      variableUsd += costUsd - idleUsd;
    }
  }
  return { sharedUsd, fixedUsd, variableUsd };
}
