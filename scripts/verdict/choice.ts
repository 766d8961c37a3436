import { estimateMonthlyCost, type MonthlyCost } from '../cost/monthly-cost.ts';
import { useMonthly } from '../cost/monthly-uses.ts';
import { type Deployment, runsMicroBatch } from '../model/deployment.ts';
import { heldByMicroBatch, heldByScheduledBatch } from '../model/held.ts';
import type { Limit } from '../model/limits.ts';
import type { Model } from '../model/model.ts';
import { planSchedule } from '../model/schedule.ts';
import { isPossible, limitsOf } from './contender.ts';
import { deployAlone } from './deploy-alone.ts';
import { estimateObjective } from './objective.ts';
import type { Scenario } from './scenario.ts';

export type PathName = 'micro-batch' | 'scheduled-batch';

/** One path with one setting, at one window: what it costs if it is deployed alone, and what it gives. */
export type Choice = {
  readonly path: PathName;
  readonly windowSeconds: number;
  /** Null for the scheduled batch. */
  readonly batchingWindowSeconds: number | null;
  /** Records in a micro-batch at most; null for the scheduled batch. */
  readonly batchSize: number | null;
  /** How often the scheduled batch runs; null for micro-batches. */
  readonly batchIntervalSeconds: number | null;
  /** USD a month: shared + fixed + variable, of which fixed and variable are the path's alone. */
  readonly costUsd: number;
  readonly sharedUsd: number;
  readonly fixedUsd: number;
  readonly variableUsd: number;
  /** Share of the time that the database is awake, 0–1. */
  readonly awakeShare: number;
  readonly freshnessSeconds: number;
  readonly finalitySeconds: number;
  /** What the scenario's reader waits: freshness, or finality. */
  readonly delaySeconds: number;
  /** Cost + value of freshness × delay in minutes. */
  readonly objectiveUsd: number;
  /** 1: each row once. */
  readonly rowsWrittenPerFinalRow: number;
  /** Keys that one invocation holds in memory at most. */
  readonly heldKeys: number;
  /** Ticks that make nothing due among them. */
  readonly invocationsPerMonth: number;
  /** Of those that count. */
  readonly eventsPerInvocation: number;
  /** Events of an invocation beside the most that was fitted; 1: within, or nothing was fitted. */
  readonly extrapolation: number;
  readonly shards: number;
  readonly limits: readonly Limit[];
  readonly possible: boolean;
};

/** The micro-batch path with this batching window. */
export function evaluateMicroBatch(
  model: Model,
  scenario: Scenario,
  windowSeconds: number,
  batchingWindowSeconds: number,
): Choice {
  return describeChoice(model, scenario, deployAlone(scenario, 'micro-batch', windowSeconds, batchingWindowSeconds));
}

/** The scheduled batch, as often as the scenario's deployment says. */
export function evaluateScheduledBatch(model: Model, scenario: Scenario, windowSeconds: number): Choice {
  return describeChoice(model, scenario, deployAlone(scenario, 'scheduled-batch', windowSeconds, null));
}

/** @param deployment of one path alone */
export function describeChoice(model: Model, scenario: Scenario, deployment: Deployment): Choice {
  const limits = limitsOf(model, scenario, deployment);
  const cost = estimateMonthlyCost(model, scenario.workload, deployment);
  const { costUsd, freshnessSeconds, finalitySeconds, delaySeconds, objectiveUsd } = estimateObjective(
    model,
    scenario,
    deployment,
  );
  return {
    ...(runsMicroBatch(deployment) ? describeMicroBatch : describeScheduledBatch)(model, scenario, deployment),
    windowSeconds: deployment.windowSeconds,
    costUsd,
    ...splitCost(cost),
    awakeShare: cost.awakeShare,
    freshnessSeconds,
    finalitySeconds,
    delaySeconds,
    objectiveUsd,
    shards: deployment.shards,
    limits,
    possible: isPossible(limits),
  };
}

type Described = Pick<
  Choice,
  | 'path'
  | 'batchingWindowSeconds'
  | 'batchSize'
  | 'batchIntervalSeconds'
  | 'rowsWrittenPerFinalRow'
  | 'heldKeys'
  | 'invocationsPerMonth'
  | 'eventsPerInvocation'
  | 'extrapolation'
>;

function describeMicroBatch(model: Model, { workload }: Scenario, deployment: Deployment): Described {
  const { parameters, fittedEvents } = model;
  const { microBatch } = useMonthly(parameters, workload, deployment);
  const { invocations, rowsWritten, rowsFresh } = microBatch;
  const perSecond = invocations / (parameters.hoursPerMonth * 3_600);
  const eventsPerInvocation = ratio(workload.eventsPerSecond, perSecond, 0);
  return {
    path: 'micro-batch',
    batchingWindowSeconds: deployment.batchingWindowSeconds,
    batchSize: deployment.batchSize,
    batchIntervalSeconds: null,
    rowsWrittenPerFinalRow: ratio(rowsWritten, rowsFresh, 1),
    heldKeys: heldByMicroBatch(parameters, workload, deployment).keys,
    invocationsPerMonth: invocations,
    eventsPerInvocation,
    extrapolation: extrapolate(eventsPerInvocation, fittedEvents.microBatch),
  };
}

function describeScheduledBatch(model: Model, { workload }: Scenario, deployment: Deployment): Described {
  const { parameters, fittedEvents } = model;
  const { scheduledBatch, batchRun } = useMonthly(parameters, workload, deployment);
  const { invocations, rowsWritten, rowsFresh } = scheduledBatch;
  const eventsPerInvocation = ratio(batchRun?.events ?? 0, batchRun?.parts ?? 0, 0);
  return {
    path: 'scheduled-batch',
    batchingWindowSeconds: null,
    batchSize: null,
    batchIntervalSeconds: planSchedule(deployment).intervalSeconds,
    rowsWrittenPerFinalRow: ratio(rowsWritten, rowsFresh, 1),
    heldKeys: heldByScheduledBatch(parameters, workload, deployment).keys,
    invocationsPerMonth: invocations,
    eventsPerInvocation,
    extrapolation: extrapolate(eventsPerInvocation, fittedEvents.scheduledBatch),
  };
}

function splitCost({ terms }: MonthlyCost): Pick<Choice, 'sharedUsd' | 'fixedUsd' | 'variableUsd'> {
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

function extrapolate(events: number, fitted: number | null): number {
  return fitted === null ? 1 : Math.max(1, ratio(events, fitted, 1));
}

/** @param otherwise where there is nothing to divide by */
function ratio(dividend: number, divisor: number, otherwise: number): number {
  return divisor === 0 ? otherwise : dividend / divisor;
}
