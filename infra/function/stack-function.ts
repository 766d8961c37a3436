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
  /** The handler's file in functions/, without its extension. */
  entry: string;
  environment: Record<string, string>;
  login: Login;
  /** Permissions beyond logging in and writing its log. */
  statements: PolicyStatement[];
  memoryMb: number;
  /** At least 90 s: a paused database resumes in 15 to 30 s, after a day it takes longer. */
  timeout: Duration;
  /** Most concurrent executions. */
  reservedConcurrency?: number;
  recursiveLoop?: RecursiveLoop;
};

/** Makes a Lambda function of this stack: Node on arm64, bundled with source maps, with a month of logs. */
export function stackFunction(scope: Construct, id: string, props: StackFunctionProps): LambdaFunction {
  const { entry, environment, login, statements, memoryMb, timeout, reservedConcurrency, ...invoking } = props;
  const outdir = App.of(scope)?.outdir ?? 'cdk.out';
  const functionName = `${Stack.of(scope).stackName}-${entry}`;
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    logGroupName: `/aws/lambda/${functionName}`, // Lambda's usual name, where people look for it
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY, // a group that stays would block the next deploy, which uses the same name
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
    systemLogLevelV2: SystemLogLevel.INFO, // platform reports have this level
    logGroup,
  });
}
