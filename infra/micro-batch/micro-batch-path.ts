import { Duration } from 'aws-cdk-lib';
import {
  EventSourceMapping,
  type Function as LambdaFunction,
  MetricType,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { PathProps } from '../function/path-props.ts';
import { stackFunction } from '../function/stack-function.ts';
import { FailedBatches } from './failed-batches.ts';
import { recordAgeHours } from './record-age.ts';

/** A mapping from the stream to a function that commits every batch. Discarded batches go to a bucket with their records. */
export class MicroBatchPath extends Construct {
  readonly function: LambdaFunction;
  readonly mapping: EventSourceMapping;
  readonly failedBatches: FailedBatches;

  constructor(scope: Construct, id: string, { config, events, database, environment }: PathProps) {
    super(scope, id);
    this.failedBatches = new FailedBatches(this, 'FailedBatches', config);
    this.function = stackFunction(this, 'Function', {
      entry: 'micro-batch',
      environment,
      login: database.loginOf('microBatch'),
      statements: [events.allowReading(this), ...this.failedBatches.allowStoring(this)],
      memoryMb: config.memory,
      timeout: Duration.minutes(2),
    });
    this.mapping = new EventSourceMapping(this, 'Mapping', {
      target: this.function,
      eventSourceArn: events.stream.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: config.batchSize,
      maxBatchingWindow: Duration.seconds(config.batchingWindow),
      // Exact counts need one checkpoint per shard, and order per shard holds only at 1.
      parallelizationFactor: 1,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      // No record can fail a batch, so a failure comes from the database. The mapping retries the batch until its records
      // reach the age, then stores it with them.
      retryAttempts: -1,
      maxRecordAge: Duration.hours(recordAgeHours(config)),
      onFailure: { bind: () => ({ destination: this.failedBatches.bucket.bucketArn }) },
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
  }
}
