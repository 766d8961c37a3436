import { describe, expect, it } from 'vitest';
import { resourceOf, templateOf, textOf } from '../support/templates.ts';

const mappingOf = (context: Record<string, string> = {}) =>
  resourceOf(templateOf(context), 'AWS::Lambda::EventSourceMapping', 'MicroBatch').Properties;

describe('the mapping of the micro-batch path', () => {
  it('bisects, accepts partial responses, retries without limit, keeps order per shard, and reports discarded records', () => {
    const mapping = mappingOf();
    expect(mapping).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: -1,
      ParallelizationFactor: 1, // a higher factor would lose events: one checkpoint a shard needs order per shard
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 1000,
      MaximumBatchingWindowInSeconds: 0,
      MetricsConfig: { Metrics: ['EventCount'] },
    });
    expect(textOf(mapping.EventSourceArn)).toBe('<Stream.Arn>');
    expect(textOf(mapping.FunctionName)).toBe('<MicroBatchFunction>');
    expect(textOf(mapping.DestinationConfig.OnFailure.Destination)).toBe('<MicroBatchFailedBatches.Arn>');
  });

  it.each([
    [24, 23],
    [48, 47],
    [169, 168],
    [8760, 168], // a mapping takes no more than a week
  ])(
    'stores records of a stream that keeps them %i hours when they are %i hours old, before they expire',
    (retention, age) => {
      expect(mappingOf({ retention: String(retention) }).MaximumRecordAgeInSeconds).toBe(age * 3600);
    },
  );

  it('takes batch size and batching window from the context', () => {
    expect(mappingOf({ batchSize: '10000', batchingWindow: '300' })).toMatchObject({
      BatchSize: 10_000,
      MaximumBatchingWindowInSeconds: 300,
    });
  });
});

describe('the bucket of failed batches', () => {
  it('is encrypted and private, and deletes batches after 90 days', () => {
    expect(resourceOf(templateOf(), 'AWS::S3::Bucket', 'MicroBatch').Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }] },
    });
  });
});
