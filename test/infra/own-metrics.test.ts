import { describe, expect, it } from 'vitest';
import { metricLine } from '#functions/metrics.ts';
import { metricText, ownMetricsOfAlarms, ownMetricsOfDashboard } from '../support/observed-metrics.ts';
import { observedTemplate } from '../support/observed-stack.ts';

describe('metrics of the namespace Tidemark', () => {
  it('that alarms and dashboard use are all emitted, with the same name and dimensions', () => {
    const template = observedTemplate();
    const emitted = new Set((['microBatch', 'scheduledBatch'] as const).flatMap((path) => emittedMetrics(path)));

    expect(ownMetricsOfAlarms(template).length).toBeGreaterThan(0);
    expect(ownMetricsOfAlarms(template).filter((metric) => !emitted.has(metric))).toEqual([]);
    expect(ownMetricsOfDashboard(template).filter((metric) => !emitted.has(metric))).toEqual([]);
  });

  it('that are emitted, and paid for, are all used', () => {
    const template = observedTemplate();
    const seen = new Set([...ownMetricsOfAlarms(template), ...ownMetricsOfDashboard(template)]);

    for (const path of ['microBatch', 'scheduledBatch'] as const) {
      expect(emittedMetrics(path).filter((metric) => !seen.has(metric))).toEqual([]);
    }
  });
});

/** Metrics that functions/metrics.ts emits for a path of the stack Tidemark, parsed as CloudWatch does. */
function emittedMetrics(path: 'microBatch' | 'scheduledBatch'): string[] {
  const commit = { stack: 'Tidemark', path, committedMs: 2, events: 1, rowsWritten: 1, quarantinedLines: 1 };
  const line = JSON.parse(metricLine({ ...commit, pathWatermarkMs: 1 }));
  const [{ Namespace, Dimensions, Metrics }] = line._aws.CloudWatchMetrics;
  expect(Namespace).toBe('Tidemark');
  return Metrics.map(({ Name }: { Name: string }) =>
    metricText(
      Name,
      Dimensions[0].map((key: string) => [key, line[key]]),
    ),
  );
}
