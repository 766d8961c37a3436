import { Duration } from 'aws-cdk-lib';
import { Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Observed } from '../observed.ts';
import { stackAlarm } from './stack-alarm.ts';

/** Aurora stays at its maximum capacity. The platform reports the metric, so the alarm does not wake the database. */
export function watchCapacity(
  scope: Construct,
  topic: ITopic | undefined,
  { config }: Observed,
  clusterIdentifier: string,
): void {
  stackAlarm(scope, topic, {
    level: 'warning',
    what: 'database-at-maximum',
    means:
      `The database used 95 % or more of maxAcu = ${config.maxAcu} ACU for 15 min: a burst passes sooner, and what stays ` +
      'there waits for CPU or memory.',
    metric: new Metric({
      namespace: 'AWS/RDS',
      metricName: 'ACUUtilization',
      dimensionsMap: { DBClusterIdentifier: clusterIdentifier },
      statistic: 'Average',
      period: Duration.minutes(5),
    }),
    count: 3,
    threshold: 95,
    missingData: TreatMissingData.NOT_BREACHING,
  });
}
