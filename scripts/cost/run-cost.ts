import { acuWhileAwake } from '../model/awake.ts';
import type { Deployment } from '../model/deployment.ts';
import { microBatchEffort } from '../model/micro-batch-effort.ts';
import { ASSUMPTIONS } from '../model/parameters.ts';
import { planBatchRun, scheduledBatchEffort } from '../model/scheduled-batch-effort.ts';
import type { Workload } from '../model/workload.ts';
import type { PriceTable } from '../prices/price-table.ts';
import { databaseCpuMs, pathUses } from './path-uses.ts';
import { streamUses } from './stream-uses.ts';
import { priceUse, sortTerms, type Term, totalUsd, type Use } from './term.ts';

/** A benchmark run on AWS, as far as it costs something; `planRun` makes one from the command's options. */
export type RunPlan = {
  /** Its load, at the rate at which it is sent. */
  readonly workload: Workload;
  /** How long it is sent, tail included, s. */
  readonly loadSeconds: number;
  /** From the run's stream being made to its being gone, s. */
  readonly seconds: number;
  /** The run's shards, windows and mapping, on the stack that it runs against. */
  readonly deployment: Deployment;
  /** `external`: somebody else pays for the database. */
  readonly database: 'aurora' | 'external';
  /** ACU that the cluster can grow to. */
  readonly maxAcu: number;
  /** What had to be assumed to make this plan, in words. */
  readonly assumptions: readonly string[];
};

/** What a run costs beside the stack that it runs on, which is paid for anyway. */
export type RunCost = {
  /** Largest first; those that cost nothing are not there. */
  readonly terms: readonly Term[];
  readonly totalUsd: number;
  /** The same with the database at its greatest all the time. */
  readonly mostUsd: number;
  readonly databaseAwakeSeconds: number;
  readonly assumptions: readonly string[];
};

const HOUR_SECONDS = 3_600;
const RESULTS_CALL_MS = 100;
const RESULTS_GB = 0.5;

/** Prices a run before it starts. */
export function estimateRunCost(prices: PriceTable, plan: RunPlan): RunCost {
  const { workload, loadSeconds, deployment } = plan;
  // The benchmark calls the batch itself: no schedule, no success events.
  const runs = Math.ceil(loadSeconds / deployment.windowSeconds);
  const batch = scheduledBatchEffort(planBatchRun(workload, deployment), deployment, runs, 0);
  const scheduledBatch = { ...batch, invocations: runs, ticks: 0 };
  const microBatch = microBatchEffort(workload, deployment, loadSeconds);
  const awakeSeconds = plan.database === 'aurora' ? awakeSecondsOf(plan) : 0;
  const busyMsPerSecond = databaseCpuMs([microBatch, scheduledBatch]) / plan.seconds;
  const acu = Math.min(plan.maxAcu, acuWhileAwake(busyMsPerSecond, 1, deployment.acuAwake));
  const compute = (acuAwake: number): Use => ({
    id: 'database-compute',
    label: `Database: awake, with the pause delay after it`,
    owner: 'shared',
    price: 'aurora-acu-hour',
    quantity: (awakeSeconds / HOUR_SECONDS) * acuAwake,
  });
  const uses = [
    // A shard's hour that has begun may be charged whole.
    ...streamUses(workload, deployment, Math.ceil(plan.seconds / HOUR_SECONDS), loadSeconds),
    ...pathUses('micro-batch', microBatch, deployment),
    ...pathUses('scheduled-batch', scheduledBatch, deployment),
    ...resultsUses(plan),
  ].filter(({ price }) => plan.database === 'aurora' || price !== 'aurora-io');
  const price = (use: Use): Term => priceUse(prices, use);
  const terms = [...uses, compute(acu)].map(price).filter(({ costUsd }) => costUsd > 0);
  return {
    terms: sortTerms(terms),
    totalUsd: totalUsd(terms),
    mostUsd: totalUsd([...uses, compute(plan.maxAcu)].map(price)),
    databaseAwakeSeconds: awakeSeconds,
    assumptions: plan.assumptions,
  };
}

function awakeSecondsOf({ seconds, deployment }: RunPlan): number {
  const { resumeSeconds, connectionHeldSeconds } = ASSUMPTIONS;
  return resumeSeconds + seconds + connectionHeldSeconds + deployment.autoPauseSeconds;
}

/** Preparing, following and reading the results, once a second or less. */
function resultsUses({ seconds }: RunPlan): Use[] {
  const gbSeconds = (RESULTS_CALL_MS / 1_000) * RESULTS_GB * seconds;
  const owner = 'shared';
  return [
    {
      id: 'results-duration',
      label: 'Results: Lambda duration',
      owner,
      price: 'lambda-gb-second-arm64',
      quantity: gbSeconds,
    },
    { id: 'results-requests', label: 'Results: Lambda requests', owner, price: 'lambda-request', quantity: seconds },
  ];
}
