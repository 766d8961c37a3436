import { readFileSync } from 'node:fs';
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Config } from './config/config.ts';
import type { MicroBatchPath } from './micro-batch/micro-batch-path.ts';
import type { ScheduledBatchPath } from './scheduled-batch/scheduled-batch-path.ts';
import type { EventStream } from './stream/event-stream.ts';

type Parts = {
  config: Config;
  events: EventStream;
  microBatch: MicroBatchPath | undefined;
  scheduledBatch: ScheduledBatchPath | undefined;
  results: LambdaFunction;
  schema: LambdaFunction;
};

/** Writes the outputs with which scripts find a deployed stack's parts. A path that is not deployed has no output. */
export function writeOutputs(
  stack: Stack,
  { config, events, microBatch, scheduledBatch, results, schema }: Parts,
): void {
  const values: Record<string, string | undefined> = {
    StreamName: events.stream.streamName,
    RunStreamPrefix: config.benchmark ? events.runPrefix : '',
    MicroBatchFunction: microBatch?.function.functionName,
    MicroBatchMapping: microBatch?.mapping.eventSourceMappingId,
    ScheduledBatchFunction: scheduledBatch?.function.functionName,
    ResultsFunction: results.functionName,
    SchemaFunction: schema.functionName,
    FailedBatches: microBatch?.failedBatches.bucket.bucketName,
    Paths: config.paths,
    Database: config.database,
    Version: version(),
  };
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) new CfnOutput(stack, name, { value });
  }
}

function version(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
