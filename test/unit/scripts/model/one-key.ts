import { type Deployment, defaultDeployment } from '../../../../scripts/model/deployment.ts';
import { GENERATED_LOAD, type Workload } from '../../../../scripts/model/workload.ts';

/** A load that can be worked out by hand: 100 events/s of 200 bytes, one in a record, and one key, so that 2 rows hold it all. */
export const ONE_KEY: Workload = {
  ...GENERATED_LOAD,
  eventsPerSecond: 100,
  eventBytes: 200,
  eventsPerRecord: 1,
  hosts: 1,
  referrers: 1,
  nullReferrerShare: 0,
};

export const BOTH: Deployment = defaultDeployment('both');
export const MICRO_BATCH: Deployment = defaultDeployment('micro-batch');
export const SCHEDULED_BATCH: Deployment = defaultDeployment('scheduled-batch');

export const MONTH_SECONDS = 730 * 3_600; // 2,628,000
