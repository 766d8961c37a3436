import { Duration } from 'aws-cdk-lib';
import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import { EventSourceMapping, type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { S3OnFailureDestination } from 'aws-cdk-lib/aws-lambda-event-sources';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Config } from './config.ts';
import { stackFunction } from './stack-function.ts';

export type PathProps = { stream: Stream; config: Config; environment: Record<string, string> };

/** The stream's mapping to a function that commits every batch; what it can't commit goes to a bucket, records and all. */
export class MicroBatchPath extends Construct {
  readonly function: LambdaFunction;
  readonly mapping: EventSourceMapping;

  constructor(scope: Construct, id: string, { stream, config, environment }: PathProps) {
    super(scope, id);
    this.function = stackFunction(this, 'Function', {
      entry: 'micro-batch',
      environment,
      memoryMb: config.memory,
      timeout: Duration.minutes(2),
    });
    stream.grantRead(this.function);

    const failedBatches = new Bucket(this, 'FailedBatches', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
    });
    this.mapping = new EventSourceMapping(this, 'Mapping', {
      target: this.function,
      eventSourceArn: stream.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: config.batchSize,
      maxBatchingWindow: Duration.seconds(config.batchingWindow),
      // Order holds per shard only at 1, and one checkpoint per shard is what makes counts exact.
      parallelizationFactor: 1,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      // No record can fail a batch, so a failure is the database's: it is tried until the stream's retention ends.
      retryAttempts: -1,
      onFailure: new S3OnFailureDestination(failedBatches as IBucket),
    });
  }
}
