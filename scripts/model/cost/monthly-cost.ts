import type { PriceTable } from '../prices/price-table.ts';
import type { Timing } from '../timing/plan-timing.ts';
import { priceUse, type StackUse, sortTerms, type Term, totalUsd, usdOf } from './term.ts';

/** A term with its cost without events, which is its fixed part; the rest is variable. */
export type MonthlyTerm = Term & { readonly idleUsd: number };

export type MonthlyCost = {
  /** Terms above 0, largest first. */
  readonly terms: readonly MonthlyTerm[];
  readonly totalUsd: number;
  readonly idleUsd: number;
  /** Share of the time that the database is awake, 0–1, and its ACU while awake. */
  readonly awakeShare: number;
  readonly acuAwake: number;
  /** Duration of a scheduled batch, s, and its number of invocations; null if that path is not deployed. */
  readonly batchSeconds: number | null;
  readonly batchParts: number | null;
};

/** Timing and uses of a stack in a month, with its load and without events. */
export type UsedMonthly = Timing & {
  readonly uses: readonly StackUse[];
  readonly listIdleUses: () => readonly StackUse[];
};

/** Cost of the deployed stack in a month of 730 hours at a steady load. */
export function estimateMonthlyCost(prices: PriceTable, used: UsedMonthly): MonthlyCost {
  const { awake, acuAwake, scheduledBatch } = used;
  const idleUsd = new Map(used.listIdleUses().map((use) => [use.id, usdOf(prices, use)]));
  const terms = used.uses
    .filter(({ id, quantity }) => quantity > 0 || (idleUsd.get(id) ?? 0) > 0)
    .map((use): MonthlyTerm => ({ ...priceUse(prices, use), idleUsd: idleUsd.get(use.id) ?? 0 }));
  return {
    terms: sortTerms(terms),
    totalUsd: totalUsd(terms),
    idleUsd: terms.reduce((sum, term) => sum + term.idleUsd, 0),
    awakeShare: awake.share,
    acuAwake,
    batchSeconds: scheduledBatch?.run.seconds ?? null,
    batchParts: scheduledBatch?.run.parts ?? null,
  };
}

/** The parts of a monthly cost, USD: total = shared + fixed + variable. */
export type SplitCost = {
  /** Cost of the stream, which either path needs, and of everything that two paths share. */
  readonly sharedUsd: number;
  /** Own cost of the paths without events. */
  readonly fixedUsd: number;
  /** Own cost of the paths that the load adds. */
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
