import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { paginateListStreams } from '@aws-sdk/client-kinesis';
import { paginateListEventSourceMappings, paginateListFunctions } from '@aws-sdk/client-lambda';
import { paginateListBuckets } from '@aws-sdk/client-s3';
import { paginateListSchedules } from '@aws-sdk/client-scheduler';
import type { EmulatorClients } from './emulator.ts';

/** A stack and its resources, by the names that CloudFormation gave them. Streams are found by the rule of their names. */
export type Belongings = {
  stack: string;
  functions: readonly string[];
  buckets: readonly string[];
  schedules: readonly string[];
};

/** Finds what still exists of a stack; each as `kind name`. */
export async function findLeftovers(clients: EmulatorClients, of: Belongings): Promise<string[]> {
  const { kinesis, lambda, s3, scheduler } = clients;
  const found: string[] = [];
  const add = (kind: string, name: string | undefined, isOfStack: (name: string) => boolean): void => {
    if (name !== undefined && isOfStack(name)) found.push(`${kind} ${name}`);
  };
  const isStream = (name: string): boolean => name === `${of.stack}-events` || name.startsWith(`${of.stack}-run-`);

  for await (const { StreamNames = [] } of paginateListStreams({ client: kinesis }, {})) {
    for (const name of StreamNames) add('stream', name, isStream);
  }
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    for (const { FunctionName } of Functions) add('function', FunctionName, (name) => of.functions.includes(name));
  }
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client: lambda }, {})) {
    for (const { EventSourceArn } of EventSourceMappings) {
      add('mapping of', EventSourceArn?.replace(/^.*:stream\//, ''), isStream);
    }
  }
  for await (const { Buckets = [] } of paginateListBuckets({ client: s3 }, {})) {
    for (const { Name } of Buckets) add('bucket', Name, (name) => of.buckets.includes(name));
  }
  for await (const { Schedules = [] } of paginateListSchedules({ client: scheduler }, {})) {
    for (const { Name } of Schedules) add('schedule', Name, (name) => of.schedules.includes(name));
  }
  for (const name of await logGroupsOf(clients, of.functions)) add('log group', name, () => true);
  return found;
}

/** Log groups of the functions. The platform made them, so they are in no stack. */
export async function logGroupsOf(
  { logs }: Pick<EmulatorClients, 'logs'>,
  functions: readonly string[],
): Promise<string[]> {
  const groups: string[] = [];
  for (const name of functions.map((functionName) => `/aws/lambda/${functionName}`)) {
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    if (logGroups.some(({ logGroupName }) => logGroupName === name)) groups.push(name);
  }
  return groups;
}
