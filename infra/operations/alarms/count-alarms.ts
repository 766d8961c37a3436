import { MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type PathName, pathMetric } from '../metrics.ts';
import type { Observed } from '../observed.ts';
import { driftEvaluation, driftTolerance, quarantineEvaluation, spellSeconds } from './evaluation.ts';
import { periodOf, stackAlarm } from './stack-alarm.ts';

/** The paths count different numbers of events. Needs both paths. */
export function watchDrift(scope: Construct, topic: ITopic | undefined, { config }: Observed): void {
  const drift = driftEvaluation(config.window);
  const period = periodOf(drift);
  const batches = driftTolerance(config.window);
  stackAlarm(scope, topic, {
    level: 'warning',
    what: 'paths-drifting',
    means:
      `In ${spellSeconds(drift.periodSeconds)}, ${drift.count} times in a row, the paths' counts of events were further ` +
      `apart than ${batches} of the largest batch: than what micro-batch may legitimately have counted first, a window and ` +
      'what came in until its run committed.',
    metric: new MathExpression({
      label: 'events apart, beyond what is legitimate',
      expression: `ABS(FILL(microBatch, 0) - FILL(scheduledBatch, 0)) - ${batches} * FILL(largestBatch, 0)`,
      usingMetrics: {
        microBatch: pathMetric(scope, 'micro-batch', 'Events', { statistic: 'Sum', period }),
        scheduledBatch: pathMetric(scope, 'scheduled-batch', 'Events', { statistic: 'Sum', period }),
        largestBatch: pathMetric(scope, 'scheduled-batch', 'Events', { statistic: 'Maximum', period }),
      },
      period,
    }),
    count: drift.count,
    comparison: 'more than',
    threshold: 0,
    missingData: TreatMissingData.NOT_BREACHING,
  });
}

/** Lines are quarantined. Both paths quarantine the same lines, so the alarm watches one path. */
export function watchQuarantine(
  scope: Construct,
  topic: ITopic | undefined,
  { config }: Observed,
  path: PathName,
): void {
  const evaluation = quarantineEvaluation(path === 'micro-batch' ? 0 : config.window);
  stackAlarm(scope, topic, {
    level: 'warning',
    what: 'quarantine-growing',
    means:
      `Lines that could not be counted were set aside within ${spellSeconds(evaluation.periodSeconds)}: 1 is worth a look, ` +
      'since a producer that is right sends none. They are kept, and nothing else is held up by them.',
    metric: pathMetric(scope, path, 'QuarantinedLines', { statistic: 'Sum', period: periodOf(evaluation) }),
    count: evaluation.count,
    threshold: 1,
    missingData: TreatMissingData.NOT_BREACHING,
  });
}
