import type { Path } from '#functions/contract.ts';
import { estimateMonthlyCost, splitCost } from '../cost/monthly-cost.ts';
import type { Model } from '../model.ts';
import type { Plan } from '../plan/plan-deployment.ts';
import type { MicroBatchTiming, ScheduledBatchTiming } from '../timing/plan-timing.ts';
import { type Choice, EXTRAPOLATED, type Extrapolated } from './choice.ts';
import { estimateObjective } from './objective.ts';
import type { Scenario } from './scenario.ts';

/** @param plan a plan of one path alone */
export function evaluateChoice(model: Model, scenario: Scenario, plan: Plan): Choice {
  const { deployment } = plan;
  const limits = plan.findLimits();
  const { costUsd, freshnessSeconds, finalitySeconds, delaySeconds, objectiveUsd } = estimateObjective(
    model,
    scenario,
    plan,
  );
  return {
    ...describePath(model, plan),
    windowSeconds: deployment.windowSeconds,
    costUsd,
    ...splitCost(estimateMonthlyCost(model.prices, plan)),
    awakeShare: plan.awake.share,
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

function describePath(model: Model, plan: Plan): Described {
  if (plan.scheduledBatch !== null) return describeScheduledBatch(model, plan, plan.scheduledBatch);
  if (plan.microBatch !== null) return describeMicroBatch(model, plan, plan.microBatch);
  throw new RangeError(`Invalid paths '${plan.deployment.paths}': expected one that is deployed`);
}

function describeMicroBatch(
  model: Model,
  { parameters, workload, deployment }: Plan,
  { batch, effort }: MicroBatchTiming,
): Described {
  const { invocations, rowsWritten, rowsFresh } = effort;
  const perSecond = invocations / (parameters.hoursPerMonth * 3_600);
  const perInvocation = {
    events: ratio(workload.eventsPerSecond, perSecond, 0),
    records: ratio(workload.recordsPerSecond, perSecond, 0),
    rows: ratio(rowsWritten, invocations, 0),
  };
  return {
    path: 'micro-batch',
    batchingWindowSeconds: deployment.batchingWindowSeconds,
    batchSize: deployment.batchSize,
    fullAfterSeconds: batch === null ? null : 1 / batch.fullPerSecond,
    batchIntervalSeconds: null,
    rowsWrittenPerFinalRow: ratio(rowsWritten, rowsFresh, 1),
    heldKeys: batch === null ? 0 : batch.rowsWritten,
    invocationsPerMonth: invocations,
    ...describeInvocation(model, 'microBatch', perInvocation),
  };
}

function describeScheduledBatch(model: Model, { schedule }: Plan, { run, effort }: ScheduledBatchTiming): Described {
  const { invocations, rowsWritten, rowsFresh } = effort;
  const perInvocation = {
    events: run.events / run.parts,
    records: run.records / run.parts,
    rows: run.rowsWritten / run.parts,
  };
  return {
    path: 'scheduled-batch',
    batchingWindowSeconds: null,
    batchSize: null,
    fullAfterSeconds: null,
    batchIntervalSeconds: schedule.intervalSeconds,
    rowsWrittenPerFinalRow: ratio(rowsWritten, rowsFresh, 1),
    heldKeys: run.keysHeld,
    invocationsPerMonth: invocations,
    ...describeInvocation(model, 'scheduledBatch', perInvocation),
  };
}

type InvocationSize = Readonly<Record<Extrapolated, number>>;

/** The invocation's size, and how far it exceeds the fitted range. With many hosts, few events write many rows, so rows count too. */
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

/** @param otherwise the result if the divisor is 0 */
function ratio(dividend: number, divisor: number, otherwise: number): number {
  return divisor === 0 ? otherwise : dividend / divisor;
}
