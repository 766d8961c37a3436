import { type Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export type PathName = 'micro-batch' | 'scheduled-batch';

/** Metrics that functions/metrics.ts writes with each commit; a test compares the two lists. */
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

/** Records that an event source mapping discarded. The mapping reports them because of `MetricsConfig: EventCount`. */
export function mappingMetric(
  mapping: IEventSourceMapping,
  metricName: 'DroppedEventCount' | 'OnFailureDestinationDeliveredEventCount',
  period: Duration,
): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
    statistic: 'Sum',
    period,
  });
}
