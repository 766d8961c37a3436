import type { Path } from '#functions/contract.ts';
import { estimateMonthlyCost } from '../cost/monthly-cost.ts';
import { useMonthly } from '../cost/monthly-uses.ts';
import { splitCost } from '../cost/split-cost.ts';
import { type Deployment, runsMicroBatch } from '../deployment.ts';
import { microBatchLimits, scheduledBatchLimits } from '../limits/limits.ts';
import type { Model } from '../model.ts';
import { heldByMicroBatch, heldByScheduledBatch } from '../timing/held.ts';
import { batchRates } from '../timing/micro-batch.ts';
import { planSchedule } from '../timing/schedule.ts';
import { recordsPerSecond } from '../workload/workload.ts';
import { type Choice, EXTRAPOLATED, type Extrapolated } from './choice.ts';
import { estimateObjective } from './objective.ts';
import type { Scenario } from './scenario.ts';

/** @param deployment of one path alone */
export function evaluateChoice(model: Model, scenario: Scenario, deployment: Deployment): Choice {
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

type InvocationFigure =
  | 'eventsPerInvocation'
  | 'recordsPerInvocation'
  | 'rowsPerInvocation'
  | 'extrapolation'
  | 'extrapolatedIn';

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
  | InvocationFigure
>;

function describeMicroBatch(model: Model, { workload }: Scenario, deployment: Deployment): Described {
  const { parameters } = model;
  const { microBatch } = useMonthly(parameters, workload, deployment);
  const { invocations, rowsWritten, rowsFresh } = microBatch;
  const { full } = batchRates(parameters, workload, deployment);
  const perSecond = invocations / (parameters.hoursPerMonth * 3_600);
  const perInvocation = {
    events: ratio(workload.eventsPerSecond, perSecond, 0),
    records: ratio(recordsPerSecond(workload), perSecond, 0),
    rows: ratio(rowsWritten, invocations, 0),
  };
  return {
    path: 'micro-batch',
    batchingWindowSeconds: deployment.batchingWindowSeconds,
    batchSize: deployment.batchSize,
    fullAfterSeconds: full === 0 ? null : 1 / full,
    batchIntervalSeconds: null,
    rowsWrittenPerFinalRow: ratio(rowsWritten, rowsFresh, 1),
    heldKeys: heldByMicroBatch(parameters, workload, deployment).keys,
    invocationsPerMonth: invocations,
    ...describeInvocation(model, 'microBatch', perInvocation),
  };
}

function describeScheduledBatch(model: Model, { workload }: Scenario, deployment: Deployment): Described {
  const { parameters } = model;
  const { scheduledBatch, batchRun } = useMonthly(parameters, workload, deployment);
  const { invocations, rowsWritten, rowsFresh } = scheduledBatch;
  const perInvocation = {
    events: ratio(batchRun?.events ?? 0, batchRun?.parts ?? 0, 0),
    records: ratio(batchRun?.records ?? 0, batchRun?.parts ?? 0, 0),
    rows: ratio(batchRun?.rowsWritten ?? 0, batchRun?.parts ?? 0, 0),
  };
  return {
    path: 'scheduled-batch',
    batchingWindowSeconds: null,
    batchSize: null,
    fullAfterSeconds: null,
    batchIntervalSeconds: planSchedule(deployment).intervalSeconds,
    rowsWrittenPerFinalRow: ratio(rowsWritten, rowsFresh, 1),
    heldKeys: heldByScheduledBatch(parameters, workload, deployment).keys,
    invocationsPerMonth: invocations,
    ...describeInvocation(model, 'scheduledBatch', perInvocation),
  };
}

type InvocationSize = Readonly<Record<Extrapolated, number>>;

/** Its size, and how far that lies beyond the most that was fitted: where many hosts make few events into many rows, that is rows. */
function describeInvocation(
  { fittedEvents, fittedRecords, fittedRows }: Model,
  path: Path,
  { events, records, rows }: InvocationSize,
): Pick<Choice, InvocationFigure> {
  const beyond: InvocationSize = {
    events: ratio(events, fittedEvents[path] ?? 0, 1),
    records: ratio(records, fittedRecords[path] ?? 0, 1),
    rows: ratio(rows, fittedRows[path] ?? 0, 1),
  };
  const extrapolation = Math.max(1, ...Object.values(beyond));
  return {
    eventsPerInvocation: events,
    recordsPerInvocation: records,
    rowsPerInvocation: rows,
    extrapolation,
    extrapolatedIn: extrapolation === 1 ? null : (EXTRAPOLATED.find((each) => beyond[each] === extrapolation) ?? null),
  };
}

/** @param otherwise where there is nothing to divide by */
function ratio(dividend: number, divisor: number, otherwise: number): number {
  return divisor === 0 ? otherwise : dividend / divisor;
}
