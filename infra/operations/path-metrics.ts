import { type Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export type PathName = 'micro-batch' | 'scheduled-batch';

/** What functions/metrics.ts writes with each commit; a test holds the two lists together. */
type PathMetricName = 'Commits' | 'Events' | 'RowsWritten' | 'QuarantinedLines' | 'WatermarkLag';

/** A metric that the functions of this stack emit. */
export function pathMetric(
  scope: Construct,
  path: PathName,
  metricName: PathMetricName,
  props: { statistic: 'Sum' | 'Maximum'; period: Duration; label?: string; color?: string },
): Metric {
  return new Metric({
    namespace: 'Tidemark',
    metricName,
    dimensionsMap: { Stack: Stack.of(scope).stackName, Path: path },
    ...props,
  });
}
