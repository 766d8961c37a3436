import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { createClients, createCloudFormationClient } from '../targets/clients.ts';
import type { Destination } from '../targets/explain-failure.ts';
import type { Clients } from '../targets/target.ts';
import type { Emulator } from './emulator.ts';

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
    s3: new S3Client({ ...emulator, forcePathStyle: true }), // a bucket has no host name of its own there
    scheduler: new SchedulerClient(emulator),
  };
}
