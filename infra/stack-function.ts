import { join } from 'node:path';
import { App, type Duration, Stack } from 'aws-cdk-lib';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { bundle } from './bundle.ts';

export type StackFunctionProps = {
  /** The handler's file in functions/, without its ending. */
  entry: string;
  environment: Record<string, string>;
  memoryMb: number;
  timeout: Duration;
  /** At most so many at once. */
  reservedConcurrency?: number;
};

/** A Lambda function as all of this stack's are: Node on arm64, one bundled file with a source map, logs kept for a month. */
export function stackFunction(scope: Construct, id: string, props: StackFunctionProps): LambdaFunction {
  const { reservedConcurrency } = props;
  const outdir = App.of(scope)?.outdir ?? 'cdk.out';
  const functionName = `${Stack.of(scope).stackName}-${props.entry}`;
  return new LambdaFunction(scope, id, {
    functionName,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: bundle(props.entry, join(outdir, 'bundles')),
    environment: { ...props.environment, NODE_OPTIONS: '--enable-source-maps' },
    memorySize: props.memoryMb,
    timeout: props.timeout,
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
    loggingFormat: LoggingFormat.JSON,
    logGroup: new LogGroup(scope, `${id}Logs`, {
      logGroupName: `/aws/lambda/${functionName}`, // where whoever knows the function looks for them
      retention: RetentionDays.ONE_MONTH,
    }),
  });
}
