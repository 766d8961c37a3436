import type { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IEventSourceMapping } from 'aws-cdk-lib/aws-lambda';

/** Records that an event source mapping gave up; it reports them since it is told to (`MetricsConfig: EventCount`). */
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
