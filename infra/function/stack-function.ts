import { join } from 'node:path';
import { App, type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type EventInvokeConfigOptions,
  Function as LambdaFunction,
  LoggingFormat,
  type RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Login } from '../database/login.ts';
import { bundle } from './bundle.ts';
import { functionRole } from './function-role.ts';

type StackFunctionProps = EventInvokeConfigOptions & {
  /** The handler's file in functions/, without its ending. */
  entry: string;
  environment: Record<string, string>;
  login: Login;
  /** What it may do beyond logging in and writing its log. */
  statements: PolicyStatement[];
  memoryMb: number;
  /** At least 90 s: a database that had paused takes 15 to 30 s of it, and longer after a day. */
  timeout: Duration;
  /** At most so many at once. */
  reservedConcurrency?: number;
  recursiveLoop?: RecursiveLoop;
};

/** A Lambda function as all of this stack's are: Node on arm64, bundled with source maps, logs kept for a month. */
export function stackFunction(scope: Construct, id: string, props: StackFunctionProps): LambdaFunction {
  const { entry, environment, login, statements, memoryMb, timeout, reservedConcurrency, ...invoking } = props;
  const outdir = App.of(scope)?.outdir ?? 'cdk.out';
  const functionName = `${Stack.of(scope).stackName}-${entry}`;
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    logGroupName: `/aws/lambda/${functionName}`, // where whoever knows the function looks for them
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY, // left behind, its name would be in the way of the next deploy
  });
  const { network } = login;
  return new LambdaFunction(scope, id, {
    functionName,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: bundle(entry, join(outdir, 'bundles')),
    environment: { ...environment, ...login.environment, NODE_OPTIONS: '--enable-source-maps' },
    memorySize: memoryMb,
    timeout,
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
    ...invoking,
    role: functionRole(scope, `${id}Role`, {
      functionName,
      logGroup,
      statements: [...login.statements, ...statements],
      inNetwork: network !== null,
    }),
    ...(network === null
      ? {}
      : { vpc: network.vpc, vpcSubnets: { subnets: network.subnets }, securityGroups: [network.functions] }),
    loggingFormat: LoggingFormat.JSON,
    systemLogLevelV2: SystemLogLevel.INFO, // platform reports are of this level
    logGroup,
  });
}
