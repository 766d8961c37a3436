import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { pathMetric } from '../metrics.ts';
import type { Observed } from '../observed.ts';
import { missedEvaluation, spellSeconds } from './evaluation.ts';
import { periodOf, stackAlarm } from './stack-alarm.ts';

/** The scheduled batch has not committed for two windows, or a run has failed after its retries. */
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

  // The next run counts the events of a failed one, so the page for a missed run suffices, unless it would come too late.
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
    // The alarm counts messages sent, not messages in the queue, so that a second failure raises it again.
    metric: failedRuns.metricNumberOfMessagesSent({ statistic: 'Sum', period: Duration.minutes(5) }),
    // SQS stops reporting a queue that is idle for 6 h, and resumes up to 15 min late.
    count: 4,
    atLeast: 1,
    threshold: 1,
    missingData: TreatMissingData.NOT_BREACHING,
  });
}
