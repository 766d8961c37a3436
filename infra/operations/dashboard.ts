import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { mappingMetric } from './mapping-metric.ts';
import type { Observed } from './observed.ts';
import { type PathSide, type Series, sideBySide } from './path-charts.ts';
import { pathMetric } from './path-metrics.ts';

const FULL_WIDTH = 24;
const LEAST_PERIOD_SECONDS = 300;
const EXPLANATION =
  'Left micro-batch, right scheduled-batch. Each chart shows the other path in grey as well, so that both have one axis. ' +
  'What to do about an alarm stands in docs/runbook.md, under the end of its name.';

/** Both paths side by side: the same metric left and right, over the same periods, on the same axis. */
export class OperationsDashboard extends Construct {
  constructor(scope: Construct, id: string, observed: Observed, alarms: readonly IAlarm[]) {
    super(scope, id);
    const { config, microBatch, scheduledBatch } = observed;
    // A point of the batch is a window's worth: with shorter periods it would stand beside a part of one.
    const period = Duration.seconds(Math.max(LEAST_PERIOD_SECONDS, Math.ceil(config.window / 60) * 60));
    const sides: PathSide[] = [];
    if (microBatch !== undefined) sides.push({ path: 'micro-batch', function: microBatch.function });
    if (scheduledBatch !== undefined) sides.push({ path: 'scheduled-batch', function: scheduledBatch.function });

    const ofCommits = (name: Parameters<typeof pathMetric>[2], statistic: 'Sum' | 'Maximum'): Series => ({
      label: name,
      of: ({ path }) => pathMetric(this, path, name, { statistic, period }),
    });
    const ofFunction = (name: string, statistic: string): Series => ({
      label: `${name}, ${statistic}`,
      of: (side) => side.function.metric(name, { statistic, period }),
    });

    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: Stack.of(this).stackName });
    dashboard.addWidgets(new TextWidget({ width: FULL_WIDTH, height: 2, markdown: EXPLANATION }));
    dashboard.addWidgets(new AlarmStatusWidget({ width: FULL_WIDTH, height: 5, title: 'Alarms', alarms: [...alarms] }));
    const rows: IWidget[][] = [
      sideBySide(sides, 'Events counted', 'events', ofCommits('Events', 'Sum')),
      sideBySide(sides, 'Rows written', 'rows', ofCommits('RowsWritten', 'Sum')),
      sideBySide(sides, 'Watermark lag', 'ms', ofCommits('WatermarkLag', 'Maximum')),
      sideBySide(sides, 'Commits', 'commits', ofCommits('Commits', 'Sum')),
      sideBySide(sides, 'Duration', 'ms', ofFunction('Duration', 'Maximum'), ofFunction('Duration', 'p50')),
      sideBySide(
        sides,
        'Errors, throttles',
        'invocations',
        ofFunction('Errors', 'Sum'),
        ofFunction('Throttles', 'Sum'),
      ),
      sideBySide(sides, 'Concurrency', 'executions', ofFunction('ConcurrentExecutions', 'Maximum')),
      sideBySide(sides, 'Quarantined lines', 'lines', ofCommits('QuarantinedLines', 'Sum')),
      waiting(observed, FULL_WIDTH / sides.length, period),
    ];
    for (const row of rows) dashboard.addWidgets(...row);
  }
}

/** What has not been counted, as each path has it: records that wait or were given up, runs that failed. */
function waiting({ microBatch, scheduledBatch }: Observed, width: number, period: Duration): IWidget[] {
  const charts: IWidget[] = [];
  if (microBatch !== undefined) {
    charts.push(
      new GraphWidget({
        title: 'Iterator age, records given up: micro-batch',
        width,
        left: [microBatch.function.metric('IteratorAge', { statistic: 'Maximum', period })],
        leftYAxis: { min: 0, label: 'ms', showUnits: false },
        right: [
          mappingMetric(microBatch.mapping, 'DroppedEventCount', period),
          mappingMetric(microBatch.mapping, 'OnFailureDestinationDeliveredEventCount', period),
        ],
        rightYAxis: { min: 0, label: 'records', showUnits: false },
      }),
    );
  }
  if (scheduledBatch !== undefined) {
    charts.push(
      new GraphWidget({
        title: 'Failed runs: scheduled-batch',
        width,
        left: [scheduledBatch.failedRuns.metricNumberOfMessagesSent({ statistic: 'Sum', period })],
        leftYAxis: { min: 0, label: 'messages', showUnits: false },
      }),
    );
  }
  return charts;
}
