import type { Deployment } from '../deployment.ts';
import type { Model } from '../model.ts';
import type { Workload } from '../workload/workload.ts';
import { useMonthly } from './monthly-uses.ts';
import { priceUse, sortTerms, type Term, totalUsd, usdOf } from './term.ts';

/** A term with what it costs while nothing comes: its fixed part; the rest is variable. */
export type MonthlyTerm = Term & { readonly idleUsd: number };

export type MonthlyCost = {
  readonly deployment: Deployment;
  readonly workload: Workload;
  /** Largest first; those that cost nothing are not there. */
  readonly terms: readonly MonthlyTerm[];
  readonly totalUsd: number;
  readonly idleUsd: number;
  /** Share of the time that the database is awake, 0–1, and how many ACU it then has. */
  readonly awakeShare: number;
  readonly acuAwake: number;
  /** How long one scheduled batch takes, and in how many invocations; null where that path is not deployed. */
  readonly batchSeconds: number | null;
  readonly batchParts: number | null;
};

/** What the deployed stack costs in a month of 730 hours at a steady load. */
export function estimateMonthlyCost(
  { parameters, prices }: Model,
  workload: Workload,
  deployment: Deployment,
): MonthlyCost {
  const { uses, awakeShare, acuAwake, batchRun } = useMonthly(parameters, workload, deployment);
  const idle = useMonthly(parameters, { ...workload, eventsPerSecond: 0 }, deployment).uses;
  const idleUsd = new Map(idle.map((use) => [use.id, usdOf(prices, use)]));
  const terms = uses
    .filter(({ id, quantity }) => quantity > 0 || (idleUsd.get(id) ?? 0) > 0)
    .map((use) => withIdle(priceUse(prices, use), idleUsd.get(use.id) ?? 0));
  return {
    deployment,
    workload,
    terms: sortTerms(terms),
    totalUsd: totalUsd(terms),
    idleUsd: terms.reduce((sum, term) => sum + term.idleUsd, 0),
    awakeShare,
    acuAwake,
    batchSeconds: batchRun?.seconds ?? null,
    batchParts: batchRun?.parts ?? null,
  };
}

/** Field by field, as `priceUse` does, for the same reason. */
function withIdle(term: Term, idleUsd: number): MonthlyTerm {
  const { id, label, owner, price, quantity, usd, per, unit, grade, source, seen, costUsd } = term;
  return { id, label, owner, price, quantity, usd, per, unit, grade, source, seen, costUsd, idleUsd };
}
