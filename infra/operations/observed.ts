import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import type { EventSourceMapping, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Config } from '../config/config.ts';

/** What of a stack alarms and dashboard look at. */
export type Observed = {
  config: Config;
  stream: Stream;
  /** Undefined where this path is not deployed. */
  microBatch: { function: LambdaFunction; mapping: EventSourceMapping } | undefined;
  scheduledBatch: { function: LambdaFunction; failedRuns: Queue } | undefined;
  /** The cluster's identifier; undefined where the database is not the stack's own. */
  databaseCluster: string | undefined;
  /** All of the stack's, by their names without that of the stack. */
  functions: Readonly<Record<string, LambdaFunction>>;
};
