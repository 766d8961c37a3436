import { estimateMonthlyCost } from '../cost/monthly-cost.ts';
import { useMonthly } from '../cost/monthly-uses.ts';
import { splitCost } from '../cost/split-cost.ts';
import { type Deployment, runsMicroBatch } from '../model/deployment.ts';
import { heldByMicroBatch, heldByScheduledBatch } from '../model/held.ts';
import { microBatchLimits, scheduledBatchLimits } from '../model/limits.ts';
import { batchRates } from '../model/micro-batch.ts';
import type { Model } from '../model/model.ts';
import type { PathKey } from '../model/path-name.ts';
import { planSchedule } from '../model/schedule.ts';
import type { Choice } from './choice.ts';
import { estimateObjective } from './objective.ts';
import type { Scenario } from './scenario.ts';

/** @param deployment of one path alone */
export function describeChoice(model: Model, scenario: Scenario, deployment: Deployment): Choice {
  const limitsOf = runsMicroBatch(deployment) ? microBatchLimits : scheduledBatchLimits;
  const limits = limitsOf(model.parameters, scenario.workload, deployment);
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
    memoryMb: deployment.memoryMb,
    memoryRaised: deployment.memoryMb > scenario.deployment.memoryMb,
    limits,
    possible: limits.every(({ possible }) => possible),
  };
}

type Described = Pick<
  Choice,
  | 'path'
  | 'batchingWindowSeconds'
  | 'batchSize'
  | 'fullAfterSeconds'
  | 'batchIntervalSeconds'
  | 'rowsWrittenPerFinalRow'
  | 'heldKeys'
  | 'invocationsPerMonth'
  | 'eventsPerInvocation'
  | 'rowsPerInvocation'
  | 'extrapolation'
  | 'extrapolatedIn'
>;

function describeMicroBatch(model: Model, { workload }: Scenario, deployment: Deployment): Described {
  const { parameters } = model;
  const { microBatch } = useMonthly(parameters, workload, deployment);
  const { invocations, rowsWritten, rowsFresh } = microBatch;
  const { full } = batchRates(parameters, workload, deployment);
  const perSecond = invocations / (parameters.hoursPerMonth * 3_600);
  const eventsPerInvocation = ratio(workload.eventsPerSecond, perSecond, 0);
  const rowsPerInvocation = ratio(rowsWritten, invocations, 0);
  return {
    path: 'micro-batch',
    batchingWindowSeconds: deployment.batchingWindowSeconds,
    batchSize: deployment.batchSize,
    fullAfterSeconds: full === 0 ? null : 1 / full,
    batchIntervalSeconds: null,
    rowsWrittenPerFinalRow: ratio(rowsWritten, rowsFresh, 1),
    heldKeys: heldByMicroBatch(parameters, workload, deployment).keys,
    invocationsPerMonth: invocations,
    eventsPerInvocation,
    rowsPerInvocation,
    ...extrapolate(model, 'microBatch', eventsPerInvocation, rowsPerInvocation),
  };
}

function describeScheduledBatch(model: Model, { workload }: Scenario, deployment: Deployment): Described {
  const { parameters } = model;
  const { scheduledBatch, batchRun } = useMonthly(parameters, workload, deployment);
  const { invocations, rowsWritten, rowsFresh } = scheduledBatch;
  const eventsPerInvocation = ratio(batchRun?.events ?? 0, batchRun?.parts ?? 0, 0);
  const rowsPerInvocation = ratio(batchRun?.rowsWritten ?? 0, batchRun?.parts ?? 0, 0);
  return {
    path: 'scheduled-batch',
    batchingWindowSeconds: null,
    batchSize: null,
    fullAfterSeconds: null,
    batchIntervalSeconds: planSchedule(deployment).intervalSeconds,
    rowsWrittenPerFinalRow: ratio(rowsWritten, rowsFresh, 1),
    heldKeys: heldByScheduledBatch(parameters, workload, deployment).keys,
    invocationsPerMonth: invocations,
    eventsPerInvocation,
    rowsPerInvocation,
    ...extrapolate(model, 'scheduledBatch', eventsPerInvocation, rowsPerInvocation),
  };
}

/** Events and rows are what its time depends on: many hosts make few events into rows that no invocation of a fit has written. */
function extrapolate(
  { fittedEvents, fittedRows }: Model,
  path: PathKey,
  events: number,
  rows: number,
): Pick<Choice, 'extrapolation' | 'extrapolatedIn'> {
  const inEvents = ratio(events, fittedEvents[path] ?? 0, 1);
  const inRows = ratio(rows, fittedRows[path] ?? 0, 1);
  const extrapolation = Math.max(1, inEvents, inRows);
  return { extrapolation, extrapolatedIn: extrapolation === 1 ? null : inEvents >= inRows ? 'events' : 'rows' };
}

/** @param otherwise where there is nothing to divide by */
function ratio(dividend: number, divisor: number, otherwise: number): number {
  return divisor === 0 ? otherwise : dividend / divisor;
}
