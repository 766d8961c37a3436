import type { Template } from 'aws-cdk-lib/assertions';

/** The properties of every alarm, by the alarm's name. */
export function alarmsOf(template: Template): Record<string, AlarmProperties> {
  const found = Object.values(template.findResources('AWS::CloudWatch::Alarm')) as { Properties: AlarmProperties }[];
  return Object.fromEntries(found.map(({ Properties }) => [Properties.AlarmName, Properties]));
}

export type AlarmProperties = {
  AlarmName: string;
  AlarmDescription: string;
  AlarmActions?: unknown[];
  OKActions?: unknown[];
  ComparisonOperator: string;
  Threshold: number;
  EvaluationPeriods: number;
  TreatMissingData: string;
  Period?: number;
  Statistic?: string;
  Namespace?: string;
  MetricName?: string;
  Dimensions?: Dimension[];
  Metrics?: { Id: string; Expression?: string; ReturnData?: boolean; MetricStat?: MetricStat }[];
};

type Dimension = { Name: string; Value: unknown };
type MetricStat = {
  Metric: { Namespace: string; MetricName: string; Dimensions: Dimension[] };
  Period: number;
  Stat: string;
};

/** Time span that an alarm evaluates: seconds of a period, and the number of periods. */
export function evaluationOf(alarm: AlarmProperties): { periodSeconds: number; count: number } {
  const periods = new Set(alarm.Metrics?.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Period] : [])));
  if (alarm.Period !== undefined) periods.add(alarm.Period);
  const [periodSeconds] = periods;
  if (periodSeconds === undefined || periods.size !== 1) {
    throw new Error(`Alarm ${alarm.AlarmName} has ${periods.size} periods, expected one`);
  }
  return { periodSeconds, count: alarm.EvaluationPeriods };
}

/** A metric of the project as text: name, then each dimension. */
export function ownMetricsOfAlarms(template: Template): string[] {
  return Object.values(alarmsOf(template)).flatMap((alarm) => {
    const single = { Namespace: alarm.Namespace, MetricName: alarm.MetricName, Dimensions: alarm.Dimensions };
    return [single, ...(alarm.Metrics ?? []).map(({ MetricStat }) => MetricStat?.Metric)].flatMap((metric) =>
      metric?.Namespace === 'Tidemark'
        ? [
            metricText(
              metric.MetricName,
              metric.Dimensions?.map(({ Name, Value }) => [Name, Value]),
            ),
          ]
        : [],
    );
  });
}

/** The project's metrics in the charts of the dashboard. */
export function ownMetricsOfDashboard(template: Template): string[] {
  return chartsOf(template).flatMap(({ metrics }) =>
    metrics.flatMap(([namespace, name, ...rest]) => {
      if (namespace !== 'Tidemark') return [];
      const words = rest.filter((word) => typeof word === 'string');
      return [
        metricText(
          name,
          Array.from({ length: words.length / 2 }, (_, i) => [words[2 * i], words[2 * i + 1]]),
        ),
      ];
    }),
  );
}

export function metricText(name: unknown, dimensions: [unknown, unknown][] = []): string {
  return [name, ...dimensions.map(([key, value]) => `${key}=${value}`).sort()].join(' ');
}

export type Chart = {
  title: string;
  width: number;
  x: number;
  y: number;
  metrics: unknown[][];
  axisMin: number;
  /** Period of each metric, seconds. */
  periodsSeconds: number[];
};

/** The dashboard's charts, from left to right and top to bottom. */
export function chartsOf(template: Template): Chart[] {
  return dashboardBody(template)
    .widgets.filter(({ type }) => type === 'metric')
    .map(({ width, x, y, properties: { title, metrics = [], yAxis } }) => ({
      title: title ?? '',
      width,
      x,
      y,
      metrics,
      axisMin: yAxis?.left.min ?? Number.NaN,
      // CloudWatch's default period is 300 s.
      periodsSeconds: metrics.map((row) => (row.at(-1) as { period?: number }).period ?? 300),
    }));
}

type Widget = {
  type: string;
  width: number;
  x: number;
  y: number;
  properties: {
    title?: string;
    metrics?: unknown[][];
    yAxis?: { left: { min: number } };
    alarms?: string[];
  };
};

/** Contents of the dashboard, with references as `<logical id>`. */
export function dashboardBody(template: Template): { widgets: Widget[] } {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const parts = dashboard?.Properties.DashboardBody['Fn::Join'][1] as (string | Record<string, unknown>)[];
  const text = parts.map((part) => (typeof part === 'string' ? part : `<${Object.values(part).flat()[0]}>`)).join('');
  return JSON.parse(text);
}
