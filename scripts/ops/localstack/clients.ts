import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { createClients, createCloudFormationClient, createS3Client } from '#bench/targets/clients.ts';
import type { Emulator } from '#bench/targets/emulator.ts';
import type { Destination } from '#bench/targets/explain-failure.ts';
import type { Clients } from '#bench/targets/target.ts';

/** Of every service in which a stack leaves something to be looked for. */
export type EmulatorClients = Clients & {
  cloudformation: CloudFormationClient;
  s3: S3Client;
  scheduler: SchedulerClient;
};

export function createEmulatorClients(emulator: Emulator): EmulatorClients {
  const { endpoint, region } = emulator;
  const destination: Destination = { name: 'localstack', endpoint, region };
  return {
    ...createClients(() => emulator, destination),
    cloudformation: createCloudFormationClient(emulator, destination),
    s3: createS3Client(emulator, destination),
    scheduler: new SchedulerClient(emulator),
  };
}
