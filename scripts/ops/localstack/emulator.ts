import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { createClients, createCloudFormationClient, createS3Client } from '#bench/targets/clients.ts';
import type { Emulator } from '#bench/targets/emulator.ts';
import { type Destination, explainFailure } from '#bench/targets/explain-failure.ts';
import type { Clients } from '#bench/targets/target.ts';
import { EMULATOR_ACCOUNT } from '#infra/config/emulator-account.ts';
import { UsageError } from '#text/usage-error.ts';

/** Clients of all services in which a stack may leave something behind. */
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

/** An emulator answers at once; something slower is no emulator. */
const PATIENCE_MS = 10_000;

/**
 * Makes sure that an emulator answers, before anything is changed there.
 *
 * @throws UsageError in one line where nothing answers, or no emulator does: above all a real account
 */
export async function checkEmulator(emulator: Emulator): Promise<void> {
  const { endpoint, region, credentials } = emulator;
  const account = await accountOf(emulator).catch((error: Error) => {
    throw (
      explainFailure(error, { name: 'localstack', endpoint, region }) ??
      new UsageError(
        `${endpoint} is not an emulator (${error.name}: ${oneLine(error.message)}): check AWS_ENDPOINT_URL`,
        { cause: error },
      )
    );
  });
  if (account === EMULATOR_ACCOUNT) return;
  throw new UsageError(
    `Account ${account ?? 'without a number'} at ${endpoint} as ${credentials.accessKeyId}: expected the emulators' ${EMULATOR_ACCOUNT}, and no other is touched; check AWS_ENDPOINT_URL and AWS_ACCESS_KEY_ID`,
  );
}

async function accountOf({ endpoint, region, credentials }: Emulator): Promise<string | undefined> {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: PATIENCE_MS,
    requestTimeout: PATIENCE_MS,
    throwOnRequestTimeout: true,
  });
  const sts = new STSClient({ endpoint, region, credentials, maxAttempts: 2, requestHandler });
  try {
    return (await sts.send(new GetCallerIdentityCommand({}))).Account;
  } finally {
    sts.destroy();
  }
}

function oneLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
