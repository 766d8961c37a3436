import { EMULATOR_ACCOUNT } from '#infra/config/emulator-account.ts';
import { UsageError } from '#text/usage-error.ts';
import { createCloudFormationClient } from './clients.ts';
import { openDeployed, type StackWanted, type WayToStack } from './deployed-stack.ts';
import { emulatorOf } from './emulator.ts';
import type { Destination } from './explain-failure.ts';
import type { Target } from './target.ts';

const DEPLOY = 'npm run deploy:localstack';
/** Time until the reports can be read, ms. Emulators write them at once; a later line won't come. */
const REPORT_DELAY_MS = 5_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** Opens a stack that `npm run deploy:localstack` made on a LocalStack-compatible endpoint. */
export async function openLocalstack(stack: string, env: Environment = process.env): Promise<Target> {
  return openDeployed(wayToLocalstack(stack, env), REPORT_DELAY_MS);
}

export function wayToLocalstack(stack: string, env: Environment = process.env): WayToStack {
  const config = emulatorOf(env);
  const { endpoint, region } = config;
  const destination: Destination = { name: 'localstack', endpoint, region };
  const wanted: StackWanted = {
    name: stack,
    place: endpoint,
    deploy: DEPLOY,
    checkAccount(account) {
      if (account === EMULATOR_ACCOUNT) return;
      throw new UsageError(
        `Stack '${stack}' at ${endpoint} is in account ${account || 'unknown'}, expected the emulators' ${EMULATOR_ACCOUNT}: check AWS_ENDPOINT_URL and AWS_ACCESS_KEY_ID, or use --target aws`,
      );
    },
  };
  return { cloudformation: createCloudFormationClient(config, destination), config, destination, wanted };
}
