import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  type Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { mappingMetric, type PathName, pathMetric } from './metrics.ts';
import type { Observed } from './observed.ts';

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
    // A batch counts a whole window at once. A shorter period would compare it with a part of the micro-batch's window.
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

/** Uncounted work of each path: records that wait or were discarded, and failed runs. */
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

type PathSide = { path: PathName; function: IFunction };

/** One metric, for either path. */
type Series = { label: string; of: (side: PathSide) => Metric };

const COLORS = ['#1f77b4', '#ff7f0e'];
const OTHER_COLOR = '#c7c7c7';

/**
 * One chart for each path, from left to right. CloudWatch scales a chart to its own data. So each chart also shows the
 * other path in grey: all charts of a row have the same data, and hence the same axis.
 */
function sideBySide(sides: readonly PathSide[], title: string, unit: string, ...series: Series[]): IWidget[] {
  return sides.map((side) => {
    const others = sides.filter(({ path }) => path !== side.path);
    const behind = others.flatMap((other) => series.map(drawn(other, () => OTHER_COLOR)));
    const own = series.map(drawn(side, (i) => COLORS[i % COLORS.length] as string));
    return new GraphWidget({
      title: `${title}: ${side.path}`,
      width: FULL_WIDTH / sides.length,
      left: [...behind, ...own],
      leftYAxis: { min: 0, label: unit, showUnits: false },
    });
  });
}

function drawn(side: PathSide, colorOf: (i: number) => string): (series: Series, i: number) => IMetric {
  return ({ label, of }, i) => of(side).with({ label: `${label}, ${side.path}`, color: colorOf(i) });
}
