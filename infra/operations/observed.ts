import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import type { EventSourceMapping, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Config } from '../config/config.ts';

/** Parts of a stack that the alarms and the dashboard observe. */
export type Observed = {
  config: Config;
  stream: Stream;
  /** Undefined when this path is not deployed. */
  microBatch: { function: LambdaFunction; mapping: EventSourceMapping } | undefined;
  scheduledBatch: { function: LambdaFunction; failedRuns: Queue } | undefined;
  /** Identifier of the cluster; undefined with an external database. */
  databaseCluster: string | undefined;
  /** Every function of the stack, by its name without the stack's name. */
  functions: Readonly<Record<string, LambdaFunction>>;
};
