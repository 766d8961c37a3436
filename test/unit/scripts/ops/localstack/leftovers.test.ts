import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import type { EmulatorClients } from '#ops/localstack/emulator.ts';
import { findLeftovers } from '#ops/localstack/leftovers.ts';

const REGION = { region: 'us-east-1' };
const OURS = {
  stack: 'Mine',
  functions: ['Mine-results'],
  buckets: ['mine-failed'],
  schedules: ['Mine-Ticks'],
};

/** Clients of an emulator that holds this, whatever is asked for. */
function clientsOf(held: {
  streams?: string[];
  functions?: string[];
  mappingsOf?: string[];
  buckets?: string[];
  schedules?: string[];
  logGroups?: string[];
}): EmulatorClients {
  const { streams = [], functions = [], mappingsOf = [], buckets = [], schedules = [], logGroups = [] } = held;
  const answering = <Client extends object>(client: Client, answer: object): Client =>
    Object.assign(client, { send: async () => answer });
  return {
    kinesis: answering(new KinesisClient(REGION), { StreamNames: streams }),
    lambda: answering(new LambdaClient(REGION), {
      Functions: functions.map((FunctionName) => ({ FunctionName })),
      EventSourceMappings: mappingsOf.map((stream) => ({ EventSourceArn: `arn:aws:kinesis:r:a:stream/${stream}` })),
    }),
    s3: answering(new S3Client(REGION), { Buckets: buckets.map((Name) => ({ Name })) }),
    scheduler: answering(new SchedulerClient(REGION), { Schedules: schedules.map((Name) => ({ Name })) }),
    logs: answering(new CloudWatchLogsClient(REGION), {
      logGroups: logGroups.map((logGroupName) => ({ logGroupName })),
    }),
  } as unknown as EmulatorClients;
}

describe('what is left of a stack', () => {
  it.each([
    [{ streams: ['Mine-events', 'Mine-run-abcd1234'] }, ['stream Mine-events', 'stream Mine-run-abcd1234']],
    [{ functions: ['Mine-results'] }, ['function Mine-results']],
    [{ mappingsOf: ['Mine-run-abcd1234'] }, ['mapping of Mine-run-abcd1234']],
    [{ buckets: ['mine-failed'] }, ['bucket mine-failed']],
    [{ schedules: ['Mine-Ticks'] }, ['schedule Mine-Ticks']],
    [{ logGroups: ['/aws/lambda/Mine-results'] }, ['log group /aws/lambda/Mine-results']],
  ])('is found: %j', async (held, expected) => {
    expect(await findLeftovers(clientsOf(held), OURS)).toEqual(expected);
  });

  it('is nothing of what others have, though it begins with the same name', async () => {
    const ofOthers = clientsOf({
      streams: ['Mine-2-events', 'Mine-events-2'],
      functions: ['Mine-2-results'],
      mappingsOf: ['Mine-2-events'],
      buckets: ['mine-failed-2'],
      schedules: ['Mine-Ticks-2'],
      logGroups: ['/aws/lambda/Mine-results-2'],
    });

    expect(await findLeftovers(ofOthers, OURS)).toEqual([]);
  });
});
