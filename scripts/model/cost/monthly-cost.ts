import type { PriceTable } from '../prices/price-table.ts';
import type { Timing } from '../timing/plan-timing.ts';
import { priceUse, type StackUse, sortTerms, type Term, totalUsd, usdOf } from './term.ts';

/** A term with what it costs while nothing comes: its fixed part; the rest is variable. */
export type MonthlyTerm = Term & { readonly idleUsd: number };

export type MonthlyCost = {
  /** Largest first; those that cost nothing are not there. */
  readonly terms: readonly MonthlyTerm[];
  readonly totalUsd: number;
  readonly idleUsd: number;
  /** Share of the time that the database is awake, 0–1, and its ACU meanwhile. */
  readonly awakeShare: number;
  readonly acuAwake: number;
  /** Length of a scheduled batch and its number of invocations; null where that path is not deployed. */
  readonly batchSeconds: number | null;
  readonly batchParts: number | null;
};

/** What a stack does and uses in a month, with load and while nothing comes. */
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
  /** The paths' own cost while nothing comes. */
  readonly fixedUsd: number;
  /** The paths' own cost of the load. */
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
