import type { Deployment } from '#model/deployment.ts';
import { planSchedule } from '#model/timing/schedule.ts';
import { bytesPerSecond, recordsPerSecond, SHARD_LOAD, type Workload } from '#model/workload/workload.ts';
import { formatDuration } from '#text/duration.ts';
import { formatAmount } from '#text/format-amount.ts';
import { formatCount } from '#text/format-count.ts';
import { plural } from '#text/plural.ts';
import type { CostReport } from './cost-report.ts';
import { wholePercent } from './figures.ts';

/** What was priced, in a few lines, with what of it can't work. */
export function renderCostHead({ region, cost, shardsNeeded }: CostReport): string {
  const { deployment, workload } = cost;
  const { paths, shards } = deployment;
  const stack = `paths=${paths}, windows of ${windowText(deployment)}, ${plural(shards, 'shard')}`;
  return [
    `Monthly cost of a deployed stack (730 hours, ${region ?? 'several regions'}): ${stack}`,
    describeLoad(workload),
    describeDatabase(cost),
    ...describeBatch(cost),
    ...(shards < shardsNeeded
      ? [`Too few shards: this load takes ${shardsNeeded}, each at ${wholePercent(SHARD_LOAD)} of what it takes in.`]
      : []),
  ].join('\n');
}

function describeLoad(workload: Workload): string {
  const { eventsPerSecond, eventBytes, keys } = workload;
  const records = recordsPerSecond(workload);
  if (records === 0) return 'No events.';
  const packed = `${(eventsPerSecond / records).toFixed(1)} in a record`;
  const stream = `${formatAmount(records)} records/s, ${formatAmount(bytesPerSecond(workload) / 1_000)} KB/s`;
  const over = keys.kind === 'zipf' ? ` × ${formatCount(keys.referrers)} referrers` : ', as measured';
  return `${formatAmount(eventsPerSecond)} events/s of ${formatCount(eventBytes)} bytes, ${packed}: ${stream}, over ${formatCount(keys.hosts)} hosts${over}.`;
}

function describeDatabase({ deployment, awakeShare, acuAwake }: CostReport['cost']): string {
  const { regime, monthsKept } = deployment;
  const kept = `counts and ledger of ${plural(monthsKept, 'month', formatAmount)} are kept`;
  if (regime === 'shared') return `Database: shared, charged for the load alone; ${kept}.`;
  return `Database (${regime}): awake ${wholePercent(awakeShare)} of the time at ${acuAwake.toFixed(1)} ACU; ${kept}.`;
}

function describeBatch({ batchSeconds, batchParts, deployment }: CostReport['cost']): string[] {
  if (batchSeconds === null || batchParts === null) return [];
  const parts = batchParts === 1 ? '' : `, in ${formatCount(batchParts)} invocations`;
  const takes = `A scheduled batch takes ${formatAmount(batchSeconds)} s${parts}`;
  return batchSeconds <= planSchedule(deployment).intervalSeconds
    ? [`${takes}.`]
    : [`${takes}, longer than its window of ${windowText(deployment)}: it can't keep up, and no figure here holds.`];
}

function windowText({ windowSeconds }: Deployment): string {
  return formatDuration(windowSeconds * 1_000);
}
