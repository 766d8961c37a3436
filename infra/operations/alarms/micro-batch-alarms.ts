import { Duration } from 'aws-cdk-lib';
import { MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { pageAgeHours, recordAgeHours } from '../../micro-batch/record-age.ts';
import { mappingMetric, pathMetric } from '../metrics.ts';
import type { Observed } from '../observed.ts';
import { spellSeconds } from './evaluation.ts';
import { stackAlarm } from './stack-alarm.ts';

const WARNING_SECONDS = 60;
const FIVE_MINUTES = Duration.minutes(5);
const QUARTER_HOUR = Duration.minutes(15);

/** The micro-batch path falls behind, or its mapping has discarded batches. */
export function watchMicroBatch(
  scope: Construct,
  topic: ITopic | undefined,
  { config }: Observed,
  { function: handler, mapping }: NonNullable<Observed['microBatch']>,
): void {
  const waitSeconds = config.batchingWindow;
  const pageSeconds = pageAgeHours(config) * 3_600;
  const iteratorAge = handler.metric('IteratorAge', { statistic: 'Maximum', period: FIVE_MINUTES });
  const behind = {
    what: 'micro-batch-behind',
    metric: iteratorAge,
    count: 1,
    // Only a batch reports an age. Without batches the alarm keeps its state: a path that was behind still is.
    missingData: TreatMissingData.IGNORE,
  };
  stackAlarm(scope, topic, {
    ...behind,
    level: 'warning',
    threshold: (WARNING_SECONDS + waitSeconds) * 1_000,
    means:
      `A record had waited ${WARNING_SECONDS + waitSeconds} s when its batch was counted, where a second or two ` +
      (waitSeconds > 0 ? `beyond the batching window of ${waitSeconds} s is usual.` : 'is usual.'),
  });
  stackAlarm(scope, topic, {
    ...behind,
    level: 'page',
    threshold: pageSeconds * 1_000,
    means:
      `A record had waited ${spellSeconds(pageSeconds)} = half the ` +
      `${pageSeconds < config.retention * 1_800 ? 'week that the mapping waits at most' : 'retention'} when its batch was ` +
      `counted: at ${recordAgeHours(config)} h the mapping sets records aside, and they have to be redriven.`,
  });
  stackAlarm(scope, topic, {
    level: 'page',
    what: 'batches-dropped',
    means:
      `The event source mapping gave records up, which it does at ${recordAgeHours(config)} h of age, and could not store ` +
      'them: 1 is too many, since the counts lack them. ' +
      `They stay in the stream for ${config.retention} h from their arrival.`,
    metric: mappingMetric(mapping, 'DroppedEventCount', FIVE_MINUTES),
    count: 1,
    threshold: 1,
    missingData: TreatMissingData.NOT_BREACHING,
  });
  stackAlarm(scope, topic, {
    level: 'warning',
    what: 'batches-set-aside',
    means:
      `The event source mapping gave records up, which it does at ${recordAgeHours(config)} h of age, and stored them in the ` +
      'bucket of failed batches: 1 is too many, since the counts lack them until they are redriven. The bucket keeps them ' +
      'for 90 days.',
    metric: mappingMetric(mapping, 'OnFailureDestinationDeliveredEventCount', FIVE_MINUTES),
    count: 1,
    threshold: 1,
    missingData: TreatMissingData.NOT_BREACHING,
  });
}

/** Records arrive but no batch commits. IteratorAge does not show this, since only a batch reports an age. */
export function watchStandstill(scope: Construct, topic: ITopic | undefined, { config, stream }: Observed): void {
  stackAlarm(scope, topic, {
    level: 'page',
    what: 'micro-batch-stopped',
    means:
      'Records came in each quarter of an hour for an hour, and micro-batch committed none, where a second or two is usual ' +
      `and no batch waits longer than 5 min: they expire after ${config.retention} h.`,
    metric: new MathExpression({
      label: 'quarters with records and without a commit',
      expression: 'IF((FILL(records, 0) > 0) AND (FILL(commits, 0) < 1), 1, 0)',
      usingMetrics: {
        records: stream.metric('IncomingRecords', { statistic: 'Sum', period: QUARTER_HOUR }),
        commits: pathMetric(scope, 'micro-batch', 'Commits', { statistic: 'Sum', period: QUARTER_HOUR }),
      },
      period: QUARTER_HOUR,
    }),
    // Four quarters: a record of the last minutes may be uncounted, a record of the first quarter must be counted.
    count: 4,
    threshold: 1,
    missingData: TreatMissingData.NOT_BREACHING,
  });
}
