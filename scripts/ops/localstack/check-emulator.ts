import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Emulator } from '#bench/targets/emulator.ts';
import { explainFailure } from '#bench/targets/explain-failure.ts';
import { EMULATOR_ACCOUNT } from '#infra/config/emulator-account.ts';
import { UsageError } from '#text/usage-error.ts';

/** An emulator answers at once; what takes longer is none. */
const PATIENCE_MS = 10_000;

/**
 * Makes sure that an emulator answers before anything is changed there.
 *
 * @throws UsageError in one line where nothing answers, or something that isn't one: above all a real account
 */
export async function checkEmulator(emulator: Emulator): Promise<void> {
  const { endpoint, region, credentials } = emulator;
  const account = await accountOf(emulator).catch((error: Error) => {
    throw (
      explainFailure(error, { name: 'localstack', endpoint, region }) ??
      new UsageError(
        `What answers at ${endpoint} is no emulator (${error.name}: ${oneLine(error.message)}): check AWS_ENDPOINT_URL`,
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
