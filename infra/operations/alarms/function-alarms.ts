import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { stackAlarm } from './stack-alarm.ts';

const FIVE_MINUTES = Duration.minutes(5);

/**
 * An invocation failed or was throttled. Both are warnings, since other alarms page when records wait too long.
 *
 * @param name name of the function without the stack's name
 */
export function watchFunction(scope: Construct, topic: ITopic | undefined, name: string, handler: IFunction): void {
  stackAlarm(scope, topic, {
    level: 'warning',
    what: `${name}-errors`,
    section: 'errors',
    means: `An invocation of ${name} failed or timed out: 1 is worth a look, since what passes is tried again within it.`,
    metric: handler.metricErrors({ statistic: 'Sum', period: FIVE_MINUTES }),
    count: 1,
    threshold: 1,
    missingData: TreatMissingData.NOT_BREACHING,
  });
  // One batch runs at a time, so a tick within a run is throttled by design. A run lasts at most 15 min.
  const count = name === 'scheduled-batch' ? 4 : 1;
  stackAlarm(scope, topic, {
    level: 'warning',
    what: `${name}-throttled`,
    section: 'throttled',
    means:
      `Invocations of ${name} were turned away` +
      (count === 1
        ? ': 1 is worth a look, since the account has no concurrency left for it.'
        : ' in each 5 min for 20 min: one run, which turns ticks away, lasts 15 min at most, so runs follow each other without a pause.'),
    metric: handler.metricThrottles({ statistic: 'Sum', period: FIVE_MINUTES }),
    count,
    threshold: 1,
    missingData: TreatMissingData.NOT_BREACHING,
  });
}
