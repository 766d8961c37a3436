import { describe, expect, it } from 'vitest';
import {
  type AlarmProperties,
  alarmsOf,
  ownMetricsOfAlarms,
  ownMetricsOfDashboard,
} from '../support/observed-metrics.ts';
import { observedTemplate } from '../support/observed-stack.ts';
import { appOf, stackOf } from '../support/templates.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:on-call';

const alarms = alarmsOf(observedTemplate());

function alarm(name: string, context?: Record<string, string>): AlarmProperties {
  const all = context === undefined ? alarms : alarmsOf(observedTemplate(context));
  const found = all[name];
  if (found === undefined) throw new Error(`No alarm '${name}' among ${Object.keys(all).join(', ')}`);
  return found;
}

const functionDimension = (id: string) => [{ Name: 'FunctionName', Value: { Ref: expect.stringMatching(`^${id}`) } }];
const pathDimensions = (path: string) => [
  { Name: 'Path', Value: path },
  { Name: 'Stack', Value: 'Tidemark' },
];
const own = (id: string, path: string, name: string, period: number, stat = 'Sum') => ({
  Id: id,
  MetricStat: {
    Metric: { Namespace: 'Tidemark', MetricName: name, Dimensions: pathDimensions(path) },
    Period: period,
    Stat: stat,
  },
  ReturnData: false,
});

const AT_LEAST = 'GreaterThanOrEqualToThreshold';
const ofLambda = (
  id: string,
  MetricName: string,
  Statistic: string,
  [EvaluationPeriods, Threshold]: [number, number],
  TreatMissingData = 'notBreaching',
) => ({
  Namespace: 'AWS/Lambda',
  MetricName,
  Dimensions: functionDimension(id),
  Statistic,
  Period: 300,
  EvaluationPeriods,
  ComparisonOperator: AT_LEAST,
  Threshold,
  TreatMissingData,
});
const ofMapping = (MetricName: string) => ({
  ...ofLambda('', MetricName, 'Sum', [1, 1]),
  Dimensions: [{ Name: 'EventSourceMappingUUID', Value: { Ref: expect.stringMatching('^Mapping') } }],
});

const ofStream = (MetricName: string, Period: number) => ({
  Namespace: 'AWS/Kinesis',
  MetricName,
  Dimensions: [{ Name: 'StreamName', Value: { Ref: expect.stringMatching('^Stream') } }],
  Statistic: 'Sum',
  Period,
  EvaluationPeriods: 1,
  TreatMissingData: 'notBreaching',
});

const EXPECTED: Record<string, object> = {
  // Only a batch reports an age, so silence changes nothing.
  'warning-micro-batch-behind': ofLambda('MicroBatch', 'IteratorAge', 'Maximum', [1, 60_000], 'ignore'),
  'page-micro-batch-behind': ofLambda('MicroBatch', 'IteratorAge', 'Maximum', [1, 43_200_000], 'ignore'),
  'page-micro-batch-stopped': {
    Metrics: [
      expect.objectContaining({ Expression: 'IF((FILL(records, 0) > 0) AND (FILL(commits, 0) < 1), 1, 0)' }),
      {
        Id: 'records',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/Kinesis',
            MetricName: 'IncomingRecords',
            Dimensions: [{ Name: 'StreamName', Value: { Ref: expect.stringMatching('^Stream') } }],
          },
          Period: 900,
          Stat: 'Sum',
        },
        ReturnData: false,
      },
      own('commits', 'micro-batch', 'Commits', 900),
    ],
    EvaluationPeriods: 4,
    ComparisonOperator: AT_LEAST,
    Threshold: 1,
    TreatMissingData: 'notBreaching',
  },
  'page-batches-dropped': ofMapping('DroppedEventCount'),
  'warning-batches-set-aside': ofMapping('OnFailureDestinationDeliveredEventCount'),
  'page-scheduled-batch-missed': {
    Namespace: 'Tidemark',
    MetricName: 'Commits',
    Dimensions: pathDimensions('scheduled-batch'),
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 15,
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    TreatMissingData: 'breaching',
  },
  'warning-scheduled-batch-failed': {
    Namespace: 'AWS/SQS',
    MetricName: 'NumberOfMessagesSent',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [expect.stringMatching('^FailedRuns'), 'QueueName'] } }],
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 4, // SQS may report the first data point of an idle queue late
    DatapointsToAlarm: 1,
    ComparisonOperator: AT_LEAST,
    Threshold: 1,
    TreatMissingData: 'notBreaching',
  },
  'warning-stream-refuses-writes': {
    ...ofStream('WriteProvisionedThroughputExceeded', 300),
    ComparisonOperator: AT_LEAST,
    Threshold: 1,
  },
  // A shard accepts 1 MB/s, and its expected load is half of that.
  'warning-stream-too-full': {
    ...ofStream('IncomingBytes', 3600),
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 1_800_000_000,
  },
  'warning-database-at-maximum': {
    Namespace: 'AWS/RDS',
    MetricName: 'ACUUtilization',
    Dimensions: [{ Name: 'DBClusterIdentifier', Value: 'a-cluster' }],
    Statistic: 'Average',
    Period: 300,
    EvaluationPeriods: 3,
    ComparisonOperator: AT_LEAST,
    Threshold: 95,
    TreatMissingData: 'notBreaching',
  },
  'warning-paths-drifting': {
    Metrics: [
      expect.objectContaining({
        Expression: 'ABS(FILL(microBatch, 0) - FILL(scheduledBatch, 0)) - 2 * FILL(largestBatch, 0)',
      }),
      own('microBatch', 'micro-batch', 'Events', 7200),
      own('scheduledBatch', 'scheduled-batch', 'Events', 7200),
      own('largestBatch', 'scheduled-batch', 'Events', 7200, 'Maximum'),
    ],
    EvaluationPeriods: 3,
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0,
    TreatMissingData: 'notBreaching',
  },
  'warning-quarantine-growing': {
    Namespace: 'Tidemark',
    MetricName: 'QuarantinedLines',
    Dimensions: pathDimensions('micro-batch'),
    Statistic: 'Sum',
    Period: 3600,
    EvaluationPeriods: 1,
    ComparisonOperator: AT_LEAST,
    Threshold: 1,
    TreatMissingData: 'notBreaching',
  },
  'warning-micro-batch-errors': ofLambda('MicroBatch', 'Errors', 'Sum', [1, 1]),
  'warning-micro-batch-throttled': ofLambda('MicroBatch', 'Throttles', 'Sum', [1, 1]),
  'warning-scheduled-batch-errors': ofLambda('ScheduledBatch', 'Errors', 'Sum', [1, 1]),
  // Ticks during a run, which lasts at most 15 minutes, are throttled by design.
  'warning-scheduled-batch-throttled': ofLambda('ScheduledBatch', 'Throttles', 'Sum', [4, 1]),
  'warning-results-errors': ofLambda('Results', 'Errors', 'Sum', [1, 1]),
  'warning-results-throttled': ofLambda('Results', 'Throttles', 'Sum', [1, 1]),
  'warning-schema-errors': ofLambda('Schema', 'Errors', 'Sum', [1, 1]),
  'warning-schema-throttled': ofLambda('Schema', 'Throttles', 'Sum', [1, 1]),
};

describe('the alarms', () => {
  it('are these, and each costs money', () => {
    expect(Object.keys(alarms).sort()).toEqual(
      Object.keys(EXPECTED)
        .map((name) => `Tidemark-${name}`)
        .sort(),
    );
  });

  it.each(Object.entries(EXPECTED))('%s looks at the right metric, in the right way', (name, expected) => {
    expect(alarm(`Tidemark-${name}`)).toMatchObject(expected);
  });

  it('have the name of the stack, and look at its metrics only', () => {
    const other = observedTemplate({ name: 'Other' });

    expect(Object.keys(alarmsOf(other)).filter((name) => !/^Other-(page|warning)-[a-z-]+$/.test(name))).toEqual([]);
    expect(ownMetricsOfAlarms(other).filter((metric) => !metric.includes('Stack=Other'))).toEqual([]);
  });

  it('on metric math are left out for emulators, which refuse them', () => {
    const names = Object.keys(alarmsOf(observedTemplate({}, '000000000000')));
    const onMath = Object.values(alarms).filter(({ Metrics }) => Metrics !== undefined);

    expect(onMath.map(({ AlarmName }) => AlarmName).sort()).toEqual([
      'Tidemark-page-micro-batch-stopped',
      'Tidemark-warning-paths-drifting',
    ]);
    expect([...names, ...onMath.map(({ AlarmName }) => AlarmName)].sort()).toEqual(Object.keys(alarms).sort());
  });

  it('leave out a path that is not deployed', () => {
    const microBatch = Object.keys(alarmsOf(observedTemplate({ paths: 'micro-batch' })));
    const scheduledBatch = observedTemplate({ paths: 'scheduled-batch', window: '7200' });
    const names = Object.keys(EXPECTED).map((name) => `Tidemark-${name}`);

    expect(microBatch.sort()).toEqual(names.filter((name) => !/scheduled|drifting|too-full/.test(name)).sort());
    expect(Object.keys(alarmsOf(scheduledBatch)).sort()).toEqual(
      names.filter((name) => !/micro|batches|drifting/.test(name)).sort(),
    );
    expect([...ownMetricsOfAlarms(scheduledBatch), ...ownMetricsOfDashboard(scheduledBatch)].join()).not.toContain(
      'micro-batch',
    );
    expect(alarmsOf(scheduledBatch)['Tidemark-warning-quarantine-growing']).toMatchObject({
      Dimensions: pathDimensions('scheduled-batch'),
      Period: 7200,
    });
  });

  it('leave out an external database', () => {
    const external = Object.keys(alarmsOf(observedTemplate({ database: 'external' })));
    const left = Object.keys(alarms).filter((name) => !external.includes(name));
    expect(left).toEqual(['Tidemark-warning-database-at-maximum']);
  });

  it('notify the topic that is configured, when they go off and when they are over', () => {
    for (const { AlarmActions, OKActions } of Object.values(alarmsOf(observedTemplate({ alarmTopic: TOPIC })))) {
      expect([AlarmActions, OKActions]).toEqual([[TOPIC], [TOPIC]]);
    }
    for (const { AlarmActions, OKActions } of Object.values(alarms)) {
      expect([AlarmActions, OKActions]).toEqual([undefined, undefined]);
    }
  });

  it.each<[Record<string, string>, boolean]>([
    [{}, true],
    [{ alarmTopic: TOPIC }, false],
    [{ protect: 'false' }, false],
  ])('warn at synth when a protected stack notifies nobody (%j: %s)', (context, said) => {
    const messages = stackOf(appOf(context))
      .node.findChild('Alarms')
      .node.metadata.map(({ data }) => String(data));
    expect(messages.some((text) => text.startsWith('Alarms notify nobody: pass -c alarmTopic='))).toBe(said);
  });

  it.each([{}, { paths: 'scheduled-batch', window: '43200', retention: '25' }])(
    'say what they mean within what CloudWatch takes (%j)',
    (context) => {
      for (const { AlarmName, AlarmDescription } of Object.values(alarmsOf(observedTemplate(context)))) {
        expect(AlarmName.length).toBeLessThanOrEqual(255);
        expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
        expect(AlarmDescription).toMatch(/ See "[a-z-]+" in docs\/runbook\.md\.$/);
      }
    },
  );
});
