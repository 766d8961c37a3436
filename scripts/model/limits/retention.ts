import { type Deployment, runsScheduledBatch } from '../deployment.ts';
import { planSchedule } from '../timing/schedule.ts';

export const FREE_RETENTION_HOURS = 24;
export const MOST_RETENTION_HOURS = 8_760;

/**
 * How long the stream has to keep its records, h. If a run of the batch fails, the next must still find what it was for: two runs
 * and the lag; the stack refuses less.
 */
export function retentionHoursOf(deployment: Deployment): number {
  const { retentionHours, boundSeconds, marginSeconds } = deployment;
  if (!runsScheduledBatch(deployment)) return retentionHours;
  const seconds = 2 * planSchedule(deployment).intervalSeconds + boundSeconds + marginSeconds;
  return Math.max(retentionHours, Math.ceil(seconds / 3_600));
}
