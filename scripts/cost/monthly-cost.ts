import { acuWhileAwake, planAwake } from '../model/awake.ts';
import { type Deployment, runsMicroBatch, runsScheduledBatch } from '../model/deployment.ts';
import { microBatchEffort } from '../model/micro-batch-effort.ts';
import { ASSUMPTIONS } from '../model/parameters.ts';
import { NO_EFFORT } from '../model/path-effort.ts';
import { planBatchRun, scheduledBatchEffort } from '../model/scheduled-batch-effort.ts';
import type { Workload } from '../model/workload.ts';
import type { PriceTable } from '../prices/price-table.ts';
import { databaseUses } from './database-uses.ts';
import { databaseCpuMs, pathUses } from './path-uses.ts';
import { standingUses } from './standing-uses.ts';
import { streamUses } from './stream-uses.ts';
import { priceUse, sortTerms, type Term, totalUsd, type Use } from './term.ts';

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
  /** How long one scheduled batch takes; null where that path is not deployed. */
  readonly batchSeconds: number | null;
};

const SECONDS_PER_MONTH = ASSUMPTIONS.hoursPerMonth * 3_600;

/** What the deployed stack costs in a month of 730 hours at a steady load. */
export function estimateMonthlyCost(prices: PriceTable, workload: Workload, deployment: Deployment): MonthlyCost {
  const { uses, ...used } = useMonthly(workload, deployment);
  const idle = useMonthly({ ...workload, eventsPerSecond: 0 }, deployment).uses;
  const idleUsd = new Map(idle.map((use) => [use.id, priceUse(prices, use).costUsd]));
  const terms = uses
    .map((use) => ({ ...priceUse(prices, use), idleUsd: idleUsd.get(use.id) ?? 0 }))
    .filter((term) => term.costUsd > 0 || term.idleUsd > 0);
  return {
    deployment,
    workload,
    terms: sortTerms(terms),
    totalUsd: totalUsd(terms),
    idleUsd: terms.reduce((sum, term) => sum + term.idleUsd, 0),
    ...used,
  };
}

type MonthlyUse = Pick<MonthlyCost, 'awakeShare' | 'acuAwake' | 'batchSeconds'> & { readonly uses: readonly Use[] };

function useMonthly(workload: Workload, deployment: Deployment): MonthlyUse {
  const run = planBatchRun(workload, deployment);
  const awake = planAwake(workload, deployment, run.seconds);
  const runs = SECONDS_PER_MONTH / deployment.windowSeconds;
  const microBatch = runsMicroBatch(deployment) ? microBatchEffort(workload, deployment, SECONDS_PER_MONTH) : NO_EFFORT;
  const scheduledBatch = runsScheduledBatch(deployment)
    ? scheduledBatchEffort(run, deployment, runs, awake.resumeSeconds)
    : NO_EFFORT;
  const efforts = [microBatch, scheduledBatch];
  const busyMsPerSecond = databaseCpuMs(efforts) / SECONDS_PER_MONTH;
  return {
    uses: [
      ...streamUses(workload, deployment, ASSUMPTIONS.hoursPerMonth, SECONDS_PER_MONTH),
      ...standingUses(deployment),
      ...databaseUses(efforts, deployment, awake),
      ...pathUses('micro-batch', microBatch, deployment),
      ...pathUses('scheduled-batch', scheduledBatch, deployment),
    ],
    awakeShare: awake.share,
    acuAwake: acuWhileAwake(busyMsPerSecond, awake.share, deployment.acuAwake),
    batchSeconds: runsScheduledBatch(deployment) ? run.seconds : null,
  };
}
