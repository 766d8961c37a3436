import { databaseCpuMs, PATH_LINES, pathUses } from '#model/cost/path-uses.ts';
import { streamUses } from '#model/cost/stream-uses.ts';
import { priceUse, sortTerms, TERM, type Term, totalUsd, type Use } from '#model/cost/term.ts';
import { retentionHoursOf } from '#model/limits/retention.ts';
import type { Model } from '#model/model.ts';
import type { ModelParameters } from '#model/parameters.ts';
import { acuWhileAwake } from '#model/timing/awake.ts';
import { planBatchRun } from '#model/timing/batch-run.ts';
import { microBatchEffort } from '#model/timing/micro-batch-effort.ts';
import type { PathEffort } from '#model/timing/path-effort.ts';
import { scheduledBatchEffort } from '#model/timing/scheduled-batch-effort.ts';
import { type Infer, listOf, number, object, text } from '#text/schema.ts';
import type { RunPhase } from './run-phase.ts';

/** A benchmark run on AWS, as far as it costs something; `planRun` makes one from the command's options. */
export type RunPlan = {
  readonly phases: readonly RunPhase[];
  /** `external`: somebody else pays for the database. */
  readonly database: 'aurora' | 'external';
  /** ACU that the cluster can grow to. */
  readonly maxAcu: number;
  /** What had to be assumed to make this plan, in words. */
  readonly assumptions: readonly string[];
};

/** What a run costs beside the stack that it runs on, which is paid for anyway. */
export const RUN_COST = object(
  {
    phases: listOf(text(), 'what the run does, in words, in order'),
    seconds: number('s', 'how long the phases take'),
    terms: listOf(TERM, 'lines of the bill, largest first; those that cost nothing are left out'),
    totalUsd: number('USD', 'sum of the terms'),
    mostUsd: number('USD', 'the same with the database at its greatest all the time'),
    databaseAwakeSeconds: number('s', 'how long the database is awake'),
    assumptions: listOf(text(), 'what had to be assumed, in words'),
  },
  'run cost',
);
export type RunCost = Infer<typeof RUN_COST>;

const HOUR_SECONDS = 3_600;
// Assumed. Ten times as long would be two cents an hour.
const RESULTS_CALL_MS = 100;
/** As the stack deploys the function. */
export const RESULTS_MEMORY_MB = 512;

/** Prices a run before it starts. */
export function estimateRunCost({ parameters, prices }: Model, plan: RunPlan): RunCost {
  const { phases } = plan;
  const worked = phases.map((phase) => ({ phase, ...effortsOf(parameters, phase) }));
  const seconds = phases.reduce((sum, phase) => sum + phase.seconds, 0);
  const uses = [
    ...sumUses(
      worked.flatMap(({ phase, microBatch, scheduledBatch }) => [
        ...streamUses(parameters, phase.workload, phase.deployment, {
          // A shard's hour that has begun may be charged whole.
          hours: Math.ceil(phase.seconds / HOUR_SECONDS),
          loadSeconds: phase.loadSeconds,
          neededHours: retentionHoursOf(phase.deployment),
        }),
        ...pathUses(parameters, PATH_LINES['micro-batch'], microBatch, phase.deployment),
        ...pathUses(parameters, PATH_LINES['scheduled-batch'], scheduledBatch, phase.deployment),
      ]),
    ),
    ...resultsUses(seconds),
  ].filter(({ price }) => plan.database === 'aurora' || price !== 'aurora-io');

  const awakeSeconds = plan.database === 'aurora' ? awakeSecondsOf(parameters, plan, seconds) : 0;
  const efforts = worked.flatMap(({ microBatch, scheduledBatch }) => [microBatch, scheduledBatch]);
  const busyMsPerSecond = seconds === 0 ? 0 : databaseCpuMs(parameters, efforts) / seconds;
  const least = phases[0]?.deployment.acuAwake ?? 0;
  const acu = Math.min(plan.maxAcu, acuWhileAwake(parameters, busyMsPerSecond, 1, least));
  const compute = (acuAwake: number): Use => ({
    id: 'database-compute',
    label: 'Database: awake, with the pause delay after it',
    owner: 'shared',
    price: 'aurora-acu-hour',
    quantity: (awakeSeconds / HOUR_SECONDS) * acuAwake,
  });
  const price = (use: Use): Term => priceUse(prices, use);
  const terms = [...uses, compute(acu)].map(price).filter(({ costUsd }) => costUsd > 0);
  return {
    phases: phases.map(({ name }) => name),
    seconds,
    terms: sortTerms(terms),
    totalUsd: totalUsd(terms),
    mostUsd: totalUsd([...uses, compute(plan.maxAcu)].map(price)),
    databaseAwakeSeconds: awakeSeconds,
    assumptions: plan.assumptions,
  };
}

function effortsOf(
  parameters: ModelParameters,
  { workload, loadSeconds, deployment, batches }: RunPhase,
): { microBatch: PathEffort; scheduledBatch: PathEffort } {
  const run = planBatchRun(parameters, workload, deployment);
  const batch = scheduledBatchEffort(parameters, run, deployment, batches, 0);
  return {
    microBatch: microBatchEffort(parameters, workload, deployment, loadSeconds),
    // The benchmark calls the batch itself: no schedule, no success events.
    scheduledBatch: { ...batch, ticks: 0, successEvents: 0 },
  };
}

/** What the phases use of the same together, in the order of its first use. */
function sumUses(uses: readonly Use[]): Use[] {
  const sums = new Map<string, Use>();
  for (const use of uses) {
    const quantity = (sums.get(use.id)?.quantity ?? 0) + use.quantity;
    sums.set(use.id, { ...use, quantity });
  }
  return [...sums.values()];
}

function awakeSecondsOf(parameters: ModelParameters, { phases }: RunPlan, seconds: number): number {
  const { resumeSeconds, connectionHeldSeconds } = parameters;
  return resumeSeconds + seconds + connectionHeldSeconds + (phases[0]?.deployment.autoPauseSeconds ?? 0);
}

/** Preparing, following and reading the results, once a second or less. */
function resultsUses(seconds: number): Use[] {
  const gbSeconds = (RESULTS_CALL_MS / 1_000) * (RESULTS_MEMORY_MB / 1_024) * seconds;
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
