import { CfnOutput, CfnParameter, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Stream, StreamEncryption } from 'aws-cdk-lib/aws-kinesis';
import { Trigger } from 'aws-cdk-lib/triggers';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import { MicroBatchPath } from './micro-batch-path.ts';
import { allowRunStreams } from './run-streams.ts';
import { ScheduledBatchPath } from './scheduled-batch-path.ts';
import { stackFunction } from './stack-function.ts';
import { tickMinutes } from './ticks.ts';

/** One stream, two paths that count it into Postgres, and the functions that prepare and read their tables. */
export class TidemarkStack extends Stack {
  constructor(scope: Construct, id: string, config: Config, props?: StackProps) {
    super(scope, id, props);
    const stream = new Stream(this, 'Stream', {
      streamName: `${id}-events`,
      shardCount: config.shards,
      retentionPeriod: Duration.hours(config.retention),
      encryption: StreamEncryption.MANAGED,
    });
    const databaseUrl = new CfnParameter(this, 'DatabaseUrl', {
      noEcho: true,
      description: 'postgres://user:password@host:port/database',
    });
    const deployedRun = new CfnParameter(this, 'DeployedRun', {
      default: '',
      allowedPattern: '^([a-z0-9]{4,32})?$',
      description: 'For stacks that are soon gone: counts the deployed stream into schemas of a run by this id',
    });
    const runPrefix = `${id}-run-`;
    const environment = {
      DATABASE_URL: databaseUrl.valueAsString,
      STREAM_NAME: stream.streamName,
      RUN_STREAM_PREFIX: runPrefix,
      DEPLOYED_RUN: deployedRun.valueAsString,
      SETTINGS: JSON.stringify(settingsOf(config)),
      TICK_MS: String(tickMinutes(config.window) * 60_000),
    };

    const microBatch = new MicroBatchPath(this, 'MicroBatch', { stream, config, environment });
    const scheduledBatch = new ScheduledBatchPath(this, 'ScheduledBatch', { stream, config, environment });
    const results = stackFunction(this, 'Results', {
      entry: 'results',
      environment,
      memoryMb: 512,
      timeout: Duration.minutes(5),
    });
    const schema = stackFunction(this, 'Schema', {
      entry: 'schema',
      environment,
      memoryMb: 512,
      timeout: Duration.minutes(5),
    });
    stream.grantRead(schema);
    new Trigger(this, 'Migration', {
      handler: schema,
      executeAfter: [stream],
      // Whole paths, functions too: an environment reads its settings once, so it must not start before they are written.
      executeBefore: [microBatch, scheduledBatch],
      timeout: Duration.minutes(5),
    });
    if (config.benchmark) allowRunStreams(this, runPrefix, [microBatch.function, scheduledBatch.function]);

    new CfnOutput(this, 'StreamName', { value: stream.streamName });
    new CfnOutput(this, 'RunStreamPrefix', { value: config.benchmark ? runPrefix : '' });
    new CfnOutput(this, 'MicroBatchFunction', { value: microBatch.function.functionName });
    new CfnOutput(this, 'MicroBatchMapping', { value: microBatch.mapping.eventSourceMappingId });
    new CfnOutput(this, 'ScheduledBatchFunction', { value: scheduledBatch.function.functionName });
    new CfnOutput(this, 'ResultsFunction', { value: results.functionName });
  }
}

/** The settings in the shape that the functions take: milliseconds, named so. */
function settingsOf(config: Config) {
  return {
    windowMs: config.window * 1000,
    boundMs: config.bound * 1000,
    marginMs: config.margin * 1000,
    maxFutureSkewMs: config.maxFutureSkew * 1000,
    idleTimeoutMs: config.idleTimeout * 1000,
    latePolicy: config.latePolicy,
  };
}
