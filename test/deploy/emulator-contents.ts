import { DescribeStacksCommand, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { ListStreamsCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { ListEventSourceMappingsCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import type { EmulatorClients } from '#ops/localstack/emulator.ts';

/** All that the emulator holds of the kinds that the stack is made of, whomever it belongs to. */
export async function contentsOf(clients: EmulatorClients, url: string): Promise<Record<string, string[]>> {
  const { cloudformation, kinesis, lambda, s3, scheduler, logs } = clients;
  const stacks: string[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: cloudformation }, {})) {
    stacks.push(...Stacks.map(({ StackName, StackStatus }) => `${StackName} ${StackStatus}`));
  }
  const groups: string[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, {})) {
    groups.push(...logGroups.map(({ logGroupName }) => String(logGroupName)));
  }
  const { StreamNames = [] } = await kinesis.send(new ListStreamsCommand({}));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}));
  return {
    stacks: stacks.filter((stack) => !stack.endsWith(' DELETE_COMPLETE')),
    streams: StreamNames,
    functions: Functions.map(({ FunctionName }) => String(FunctionName)),
    mappings: EventSourceMappings.map(({ EventSourceArn }) => String(EventSourceArn)),
    buckets: Buckets.map(({ Name }) => String(Name)),
    schedules: Schedules.map(({ Name }) => String(Name)),
    logGroups: groups,
    roles: await askForNames(url, 'iam', 'Action=ListRoles&Version=2010-05-08', /<RoleName>(.*?)<\/RoleName>/g),
    queues: await askForNames(url, 'sqs', 'Action=ListQueues&Version=2012-11-05', /<QueueUrl>(.*?)<\/QueueUrl>/g),
    alarms: await askForNames(
      url,
      'monitoring',
      'Action=DescribeAlarms&Version=2010-08-01',
      /<AlarmName>(.*?)<\/AlarmName>/g,
    ),
    rules: await askForNames(url, 'events', '{}', /"Name": ?"(.*?)"/g, 'AWSEvents.ListRules'),
  };
}

/** Services that no command of ours speaks to, asked in their plain protocols. */
async function askForNames(url: string, service: string, body: string, name: RegExp, target?: string) {
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': target === undefined ? 'application/x-www-form-urlencoded' : 'application/x-amz-json-1.1',
      ...(target !== undefined && { 'x-amz-target': target }),
    },
  });
  if (!answer.ok) throw new Error(`${service} answered ${answer.status}: ${await answer.text()}`);
  return [...(await answer.text()).matchAll(name)].map(([, found]) => found as string);
}

/** When CloudFormation last changed the stack. */
export async function lastChange({ cloudformation }: EmulatorClients, stack: string): Promise<string> {
  const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName: stack }));
  const [found] = Stacks;
  return `${found?.StackStatus} ${(found?.LastUpdatedTime ?? found?.CreationTime)?.toISOString()}`;
}

/** Puts as many events onto a stream, of now. */
export async function putEvents({ kinesis }: EmulatorClients, stream: string, count: number): Promise<void> {
  const Records = Array.from({ length: count }, (_, i) => ({
    PartitionKey: String(i),
    Data: Buffer.from(JSON.stringify({ event_time: new Date().toISOString(), host: `host-${i % 7}`, referrer: null })),
  }));
  const { FailedRecordCount } = await kinesis.send(new PutRecordsCommand({ StreamName: stream, Records }));
  if (FailedRecordCount !== 0) throw new Error(`${FailedRecordCount} records were refused`);
}

/** Puts an object where the mapping stores batches that it gave up: no bucket with one in it can be deleted. */
export async function putFailedBatch({ cloudformation, s3 }: EmulatorClients, stack: string): Promise<void> {
  const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName: stack }));
  const bucket = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'FailedBatches')?.OutputValue;
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'aws/lambda/a-batch', Body: '{}' }));
}
