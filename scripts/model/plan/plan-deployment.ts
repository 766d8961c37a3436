import type { UsedMonthly } from '../cost/monthly-cost.ts';
import { PATH_LINES, pathUses } from '../cost/path-uses.ts';
import { databaseUses, standingUses, streamUses } from '../cost/stack-uses.ts';
import type { StackUse } from '../cost/term.ts';
import type { Deployment } from '../deployment.ts';
import type { Limit } from '../limits/limit.ts';
import { findBrokenLimits, findLimits } from '../limits/limits.ts';
import type { ModelParameters } from '../parameters.ts';
import { planTiming, type Timing } from '../timing/plan-timing.ts';
import { neededRetentionHours } from '../timing/schedule.ts';
import { changeRate, type PreparedWorkload } from '../workload/workload.ts';

/**
 * The plan of a deployment for a month at a steady load: schedule, batches, efforts, delays, awake time, ACU and uses. Costs, verdicts and
 * predictions read it. A verdict makes thousands of plans and needs idle uses and limits of few, so those are functions.
 */
export type Plan = UsedMonthly & {
  /** Limits of the deployed path, with texts; for two paths only those that come from running side by side. */
  readonly findLimits: () => Limit[];
  /** Ids of the exceeded limits, without texts. */
  readonly findBrokenLimits: () => Limit['id'][];
};

export function planDeployment(parameters: ModelParameters, workload: PreparedWorkload, deployment: Deployment): Plan {
  const timing = planTiming({ parameters, workload, deployment });
  return {
    ...timing,
    uses: listUses(timing),
    listIdleUses: () => listUses(planTiming({ parameters, workload: changeRate(workload, 0), deployment })),
    findLimits: () => findLimits(timing),
    findBrokenLimits: () => findBrokenLimits(timing),
  };
}

/** Everything that a month is charged for, not priced yet. */
function listUses(timing: Timing): StackUse[] {
  const { parameters, deployment, schedule, awake, efforts, microBatch, scheduledBatch } = timing;
  const hours = parameters.hoursPerMonth;
  const neededHours = neededRetentionHours(deployment, schedule);
  return [
    ...streamUses(timing, { hours, loadSeconds: hours * 3_600, neededHours }),
    ...standingUses(timing),
    ...databaseUses(timing, efforts, awake),
    ...(microBatch === null ? [] : pathUses(timing, PATH_LINES['micro-batch'], microBatch.effort)),
    ...(scheduledBatch === null ? [] : pathUses(timing, PATH_LINES['scheduled-batch'], scheduledBatch.effort)),
  ];
}
