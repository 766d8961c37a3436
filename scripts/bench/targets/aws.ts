import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EMULATOR_ACCOUNT } from '#infra/config/emulator-account.ts';
import { UsageError } from '#text/usage-error.ts';
import { createCloudFormationClient } from './clients.ts';
import { openDeployed, type StackWanted, type WayToStack } from './deployed-stack.ts';
import { type Destination, explainFailure } from './explain-failure.ts';
import type { Target } from './target.ts';

const DEPLOY = 'npx cdk deploy -c benchmark=true';
/** Time until the reports can be read, ms. CloudWatch Logs shows most lines within seconds, but promises no time. */
const REPORT_DELAY_MS = 90_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** Opens a stack that `cdk deploy` made on AWS. Region and credentials come from the SDK's usual chain. */
export async function openAws(stack: string, env: Environment = process.env): Promise<Target> {
  return openDeployed(await wayToAws(stack, env), REPORT_DELAY_MS);
}

export async function wayToAws(stack: string, env: Environment = process.env): Promise<WayToStack> {
  if (env.AWS_ENDPOINT_URL) {
    throw new UsageError(
      `AWS_ENDPOINT_URL is '${env.AWS_ENDPOINT_URL}', and AWS has no one URL for all services: unset it, or use --target localstack`,
    );
  }
  const region = await regionOfChain();
  const destination: Destination = { name: 'aws', endpoint: null, region };
  const cloudformation = createCloudFormationClient({ region }, destination);
  const wanted: StackWanted = {
    name: stack,
    place: `AWS in ${region}`,
    deploy: DEPLOY,
    checkAccount(account) {
      if (account !== EMULATOR_ACCOUNT) return;
      throw new UsageError(
        `Stack '${stack}' is in account ${account}, which is an emulator's: unset the endpoint in your profile, or use --target localstack`,
      );
    },
  };
  // All clients share the credentials, because resolving them may ask for a code or start a program.
  const { credentials } = cloudformation.config;
  return { cloudformation, config: { region, credentials }, destination, wanted };
}

async function regionOfChain(): Promise<string> {
  return new CloudFormationClient({}).config.region().catch((error: unknown) => {
    throw explainFailure(error, { name: 'aws', endpoint: null, region: null }) ?? error;
  });
}
