import { PATH_LINES, pathUses } from '#model/cost/path-uses.ts';
import { streamUses } from '#model/cost/stack-uses.ts';
import { priceUse, sortTerms, TERM, type Term, totalUsd, type Use } from '#model/cost/term.ts';
import type { Deployment } from '#model/deployment.ts';
import type { Model } from '#model/model.ts';
import type { ModelParameters } from '#model/parameters.ts';
import { acuWhileAwake } from '#model/timing/awake.ts';
import { planBatchRun } from '#model/timing/batch-run.ts';
import { microBatchEffort, type PathEffort, scheduledBatchEffort } from '#model/timing/effort.ts';
import { databaseCpuMs } from '#model/timing/function-time.ts';
import { planMicroBatch } from '#model/timing/micro-batch.ts';
import type { PlanInputs } from '#model/timing/plan-inputs.ts';
import { neededRetentionHours, planSchedule, type Schedule } from '#model/timing/schedule.ts';
import { prepareWorkload, type Workload } from '#model/workload/workload.ts';
import { formatSmallUsd } from '#text/format-number.ts';
import { type Infer, listOf, number, object, text } from '#text/schema.ts';

/** The parts of a benchmark run on AWS that cost something. */
export type RunPlan = {
  readonly phases: readonly RunPhase[];
  /** `external`: the database is paid for by others. */
  readonly database: 'aurora' | 'external';
  /** Assumptions of this plan, in words. */
  readonly assumptions: readonly string[];
};

/** A phase of a run, on a stream of its own. */
export type RunPhase = {
  /** Name of the phase, in words. */
  readonly name: string;
  readonly workload: Workload;
  /** The deployed stack with the phase's own shards, windows and mapping. */
  readonly deployment: Deployment;
  /** Length of the load in the time of its events, which may lie in the past, s. */
  readonly loadSeconds: number;
  /** Time from the creation to the removal of its stream, s. */
  readonly seconds: number;
  /** Number of scheduled batches, each over an interval of the deployment; 0: micro-batches run alone. */
  readonly batches: number;
};

/** The cost of a run. The stack that it runs on is not included: it is paid for anyway. */
export const RUN_COST = object(
  {
    phases: listOf(text(), 'names of the phases, in order'),
    seconds: number('s', 'duration of all phases'),
    terms: listOf(TERM, 'terms of the bill, largest first; terms that cost nothing are left out'),
    totalUsd: number('USD', 'sum of the terms'),
    mostUsd: number('USD', 'sum of the terms with the database at its largest size all the time'),
    databaseAwakeSeconds: number('s', 'time that the database is awake'),
    assumptions: listOf(text(), 'assumptions of the estimate, in words'),
  },
  'run cost',
);
export type RunCost = Infer<typeof RUN_COST>;

/** ACU that the cluster can grow to, as it is deployed by default. */
export const MAX_ACU = 8;
const HOUR_SECONDS = 3_600;
// Assumed; ten times as long would cost two cents an hour.
const RESULTS_CALL_MS = 100;
/** Memory of the results function, as the stack deploys it. */
export const RESULTS_MEMORY_MB = 512;

/** Prices a run before it starts. */
export function estimateRunCost({ parameters, prices }: Model, plan: RunPlan): RunCost {
  const { phases } = plan;
  const worked = phases.map((phase) => {
    const { workload, deployment } = phase;
    const inputs: PlanInputs = { parameters, workload: prepareWorkload(workload), deployment };
    const schedule = planSchedule(deployment);
    return { phase, inputs, schedule, ...effortsOf(inputs, schedule, phase) };
  });
  const seconds = phases.reduce((sum, phase) => sum + phase.seconds, 0);
  const uses = [
    ...sumUses(
      worked.flatMap(({ phase, inputs, schedule, microBatch, scheduledBatch }) => [
        ...streamUses(inputs, {
          // A shard's hour that has begun may be charged whole.
          hours: Math.ceil(phase.seconds / HOUR_SECONDS),
          loadSeconds: phase.loadSeconds,
          neededHours: neededRetentionHours(phase.deployment, schedule),
        }),
        ...pathUses(inputs, PATH_LINES['micro-batch'], microBatch),
        ...pathUses(inputs, PATH_LINES['scheduled-batch'], scheduledBatch),
      ]),
    ),
    ...resultsUses(seconds),
  ].filter(({ price }) => plan.database === 'aurora' || price !== 'aurora-io');

  const awakeSeconds = plan.database === 'aurora' ? awakeSecondsOf(parameters, plan, seconds) : 0;
  const efforts = worked.flatMap(({ microBatch, scheduledBatch }) => [microBatch, scheduledBatch]);
  const busyMsPerSecond = seconds === 0 ? 0 : databaseCpuMs(parameters, efforts) / seconds;
  const least = phases[0]?.deployment.acuAwake ?? 0;
  const acu = Math.min(MAX_ACU, acuWhileAwake(parameters, busyMsPerSecond, 1, least));
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
    mostUsd: totalUsd([...uses, compute(MAX_ACU)].map(price)),
    databaseAwakeSeconds: awakeSeconds,
    assumptions: plan.assumptions,
  };
}

function effortsOf(
  inputs: PlanInputs,
  schedule: Schedule,
  { loadSeconds, batches }: RunPhase,
): { microBatch: PathEffort; scheduledBatch: PathEffort } {
  const batch = scheduledBatchEffort(planBatchRun(inputs, schedule), inputs, schedule, batches, 0);
  return {
    microBatch: microBatchEffort(planMicroBatch(inputs), inputs, loadSeconds, 0),
    // The benchmark calls the batch itself: no schedule, no success events.
    scheduledBatch: { ...batch, ticks: 0, successEvents: 0 },
  };
}

/** Adds up the phases' uses by id, in the order of first use. */
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

/** The calls that prepare, follow and read the results, about one a second. */
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

const SHOWN_TERMS = 3;

/** The estimate as it is shown before a run, with its largest terms. */
export function renderRunCost(cost: RunCost): string {
  const { phases, terms, totalUsd, mostUsd, databaseAwakeSeconds, assumptions } = cost;
  const parts = terms.slice(0, SHOWN_TERMS).map(({ label, costUsd }) => `  ${formatSmallUsd(costUsd)}  ${label}`);
  const rest = terms.slice(SHOWN_TERMS).reduce((sum, { costUsd }) => sum + costUsd, 0);
  if (rest > 0) parts.push(`  ${formatSmallUsd(rest)}  ${terms.length - SHOWN_TERMS} smaller terms`);
  const awake =
    databaseAwakeSeconds === 0
      ? ''
      : `; the database is kept awake for ${Math.ceil(databaseAwakeSeconds / 60)} minutes`;
  const unsure = terms.filter(({ grade }) => grade === 'T').map(({ label }) => label);
  return [
    `Estimated cost of this run: ${formatSmallUsd(totalUsd)} USD, ${formatSmallUsd(mostUsd)} at most${awake}.`,
    ...parts,
    ...(unsure.length === 0 ? [] : [`  Prices from third parties: ${unsure.join(', ')}.`]),
    ...(phases.length < 2 ? [] : [`  In ${phases.length} steps: ${countNames(phases).join(', ')}.`]),
    `  Assumed: ${assumptions.join('; ')}.`,
  ].join('\n');
}

/** Each name once, with its number: `3 × live run`. */
function countNames(names: readonly string[]): string[] {
  return [...new Set(names)].map((name) => {
    const times = names.filter((other) => other === name).length;
    return times === 1 ? name : `${times} × ${name}`;
  });
}
