import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { readDeployment } from '../../functions/deployment.ts';
import { templateOf } from '../support/templates.ts';

const OTHER = {
  name: 'Other',
  shards: '3',
  retention: '48',
  window: '420',
  bound: '7',
  latePolicy: 'drop',
  memory: '512',
  batchSize: '10000',
  batchingWindow: '300',
};

describe('the stream', () => {
  it('is encrypted, provisioned, and keeps its records for a day', () => {
    templateOf().hasResourceProperties('AWS::Kinesis::Stream', {
      Name: 'Tidemark-events',
      ShardCount: 1,
      RetentionPeriodHours: 24,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    });
  });

  it('has the shards and the retention that were asked for, under the name of the stack', () => {
    templateOf(OTHER).hasResourceProperties('AWS::Kinesis::Stream', {
      Name: 'Other-events',
      ShardCount: 3,
      RetentionPeriodHours: 48,
    });
  });
});

describe('the mapping of the micro-batch path', () => {
  it('bisects, takes partial responses, never gives up early, and keeps order per shard', () => {
    templateOf().hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: Match.absent(), // no limit but the retention
      ParallelizationFactor: 1, // more would lose events: one checkpoint a shard needs one order a shard
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 1000,
      MaximumBatchingWindowInSeconds: 0,
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('FailedBatches'), 'Arn'] } },
      },
    });
  });

  it('takes batch size and batching window from the context', () => {
    templateOf(OTHER).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10_000,
      MaximumBatchingWindowInSeconds: 300,
    });
  });

  it('keeps failed batches where nobody else can read them', () => {
    templateOf().hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: Match.objectLike({}),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });
});

describe('the schedule of the batch path', () => {
  it.each([
    ['5 minutes', {}, 'cron(1/5 * * * ? *)', 300_000],
    ['7 minutes', OTHER, 'cron(0/1 * * * ? *)', 60_000],
    ['an hour', { window: '3600' }, 'cron(1 * * * ? *)', 3_600_000],
    ['90 minutes', { window: '5400' }, 'cron(1/30 * * * ? *)', 1_800_000],
  ])('of windows of %s has ticks that its function knows the distance of', (_, context, expression, tickMs) => {
    const template = templateOf(context);
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: 'Etc/UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: Match.objectLike({
        Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ScheduledBatchFunction'), 'Arn'] },
      }),
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: Match.stringLikeRegexp('-scheduled-batch$'),
      Environment: { Variables: Match.objectLike({ TICK_MS: String(tickMs) }) },
    });
  });
});

describe('the functions', () => {
  it('are four, on a current Node', () => {
    const ours = templateOf().findResources('AWS::Lambda::Function', {
      Properties: { Runtime: 'nodejs24.x', Handler: 'index.handler' },
    });
    const names = Object.values(ours).map((resource) => resource.Properties.FunctionName);
    expect(names.filter((name) => name !== undefined).sort()).toEqual([
      'Tidemark-micro-batch',
      'Tidemark-results',
      'Tidemark-scheduled-batch',
      'Tidemark-schema',
    ]);
  });

  it('run the batch once at a time, and the micro-batches as many at once as there are shards', () => {
    templateOf().hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'Tidemark-scheduled-batch',
      ReservedConcurrentExecutions: 1,
      Timeout: 900,
    });
    templateOf().hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'Tidemark-micro-batch',
      ReservedConcurrentExecutions: Match.absent(),
    });
  });

  it('are told everything that they ask for, in ranges that they take', () => {
    const template = templateOf(OTHER);
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    const told = functions.filter((resource) => resource.Properties.Environment?.Variables?.SETTINGS !== undefined);
    expect(told).toHaveLength(4);
    for (const { Properties } of told) {
      const texts = Object.entries(Properties.Environment.Variables).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : 'ref',
      ]);
      expect(readDeployment(Object.fromEntries(texts))).toMatchObject({
        runPrefix: 'Other-run-',
        settings: { windowMs: 420_000, boundMs: 7_000, marginMs: 2_000, latePolicy: 'drop' },
        tickMs: 60_000,
      });
    }
    expect(told.filter(({ Properties }) => Properties.MemorySize === 512)).toHaveLength(4);
  });
});
