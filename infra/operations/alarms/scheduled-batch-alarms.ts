import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Observed } from '../observed.ts';
import { pathMetric } from '../path-metrics.ts';
import { missedEvaluation, spellSeconds } from './evaluation.ts';
import { periodOf, stackAlarm } from './stack-alarm.ts';

/** The scheduled batch has not run for two windows, or a run has failed for good. */
export function watchScheduledBatch(
  scope: Construct,
  topic: ITopic | undefined,
  { config }: Observed,
  { failedRuns }: NonNullable<Observed['scheduledBatch']>,
): void {
  const missed = missedEvaluation(config.window);
  const missedSeconds = missed.periodSeconds * missed.count;
  const retentionSeconds = config.retention * 3_600;
  const leftHours = Math.floor((retentionSeconds - missedSeconds - config.bound - config.margin) / 3_600);

  stackAlarm(scope, topic, {
    level: 'page',
    what: 'scheduled-batch-missed',
    means:
      `No run has committed for ${spellSeconds(missedSeconds)} = two windows of ${spellSeconds(config.window)} and what ` +
      'schedule, run and metrics may be late. ' +
      (leftHours > 0
        ? `The first records that wait for it expire in about ${leftHours} h.`
        : 'The first records that wait for it expire now: give the stream a longer retention.') +
      ' After the first deploy this stands until the first run commits: a path that never ran looks no different.',
    metric: pathMetric(scope, 'scheduled-batch', 'Commits', { statistic: 'Sum', period: periodOf(missed) }),
    count: missed.count,
    comparison: 'less than',
    threshold: 1,
    missingData: TreatMissingData.BREACHING,
  });

  // The next run counts what a failed one left, so a missed one is soon enough to page, unless that would come too late.
  const isUrgent = missedSeconds > retentionSeconds / 2;
  stackAlarm(scope, topic, {
    level: isUrgent ? 'page' : 'warning',
    what: 'scheduled-batch-failed',
    means:
      'A run failed, its retries too, or a tick could not be delivered, and the request came into the queue of failed runs ' +
      'within 20 min: 1 is too many. ' +
      (isUrgent
        ? `Two windows are more than half of the ${config.retention} h that records last, so waiting for the next run may lose some.`
        : 'The next run counts what it left, if it succeeds.'),
    // What came, not what lies there: a second failure is news, whether or not somebody has emptied the queue.
    metric: failedRuns.metricNumberOfMessagesSent({ statistic: 'Sum', period: Duration.minutes(5) }),
    // SQS reports nothing of a queue that has been idle for 6 h, and begins again up to 15 min late.
    count: 4,
    atLeast: 1,
    threshold: 1,
    missingData: TreatMissingData.NOT_BREACHING,
  });
}
