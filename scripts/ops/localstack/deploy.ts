import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeStack, outputsOf } from '#bench/targets/deployed-stack.ts';
import { type Emulator, STANDARD_ENDPOINT } from '#bench/targets/emulator.ts';
import { DEFAULT_STACK } from '#bench/targets/target.ts';
import { EMULATOR_ACCOUNT } from '#infra/config/emulator-account.ts';
import { migrate } from './database-contents.ts';
import { databaseUrls, requireDatabase } from './database-urls.ts';
import { checkEmulator, createEmulatorClients } from './emulator.ts';
import { environmentFor, runCdk } from './run-cdk.ts';
import { createSteps } from './steps.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/** The settings of a deploy, as the command line gives them. */
type DeploySettings = {
  readonly stack: string;
  readonly context: Readonly<Record<string, string>>;
  readonly verbose: boolean;
};

/**
 * Deploys the stack to an emulator and prints its outputs.
 *
 * @returns false where it was interrupted
 */
export async function deployStack(
  options: DeploySettings,
  emulator: Emulator,
  interrupted: AbortSignal,
): Promise<boolean> {
  const { stack, context, verbose } = options;
  const database = databaseUrls(process.env);
  await checkEmulator(emulator);
  await requireDatabase(database);

  const step = createSteps((text) => process.stdout.write(text));
  const cdk = { env: environmentFor(emulator, process.env), interrupted, verbose };
  const output = await outputFolder();
  const clients = createEmulatorClients(emulator);
  try {
    // In another folder: `cdk` would synthesize the project's app, although a bootstrap needs none.
    const account = `aws://${EMULATOR_ACCOUNT}/${emulator.region}`;
    await step('bootstrap', () => runCdk(['bootstrap', account], { ...cdk, cwd: output }));
    const settings = Object.entries(context).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const quietly = ['--require-approval', 'never', '--progress', 'errors-only'];
    const parameters = ['--parameters', `DatabaseUrl=${database.functions}`];
    await step(`deploy ${stack}`, () =>
      runCdk(['deploy', '--output', join(output, 'cdk.out'), ...settings, ...quietly, ...parameters], {
        ...cdk,
        cwd: PROJECT,
      }),
    );
    if (!interrupted.aborted) await step('migrate', () => migrate(clients.lambda, stack));
    if (interrupted.aborted) return false;
    const deployed = await describeStack(clients.cloudformation, { name: stack, place: emulator.endpoint });
    process.stdout.write(`\n${renderDeployed(stack, emulator, deployed === null ? {} : outputsOf(deployed))}\n`);
    return true;
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}

/** A new folder, so that two deploys can run at the same time. */
async function outputFolder(): Promise<string> {
  const folder = join(PROJECT, 'out', 'deploy');
  await mkdir(folder, { recursive: true });
  return mkdtemp(join(folder, 'cdk-'));
}

/** The outputs of the stack, and the next commands. */
export function renderDeployed(
  stack: string,
  { endpoint }: Emulator,
  outputs: Readonly<Record<string, string>>,
): string {
  const names = Object.keys(outputs).sort();
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const where = endpoint === STANDARD_ENDPOINT ? '' : `AWS_ENDPOINT_URL=${endpoint} `;
  const which = stack === DEFAULT_STACK ? '' : ` --stack ${stack}`;
  return [
    ...names.map((name) => `${name.padEnd(width)}${outputs[name]}`.trimEnd()),
    '',
    `Next:    ${where}npm run bench -- --target localstack${which}`,
    `Remove:  ${where}npm run destroy:localstack${which === '' ? '' : ` --${which}`}`,
  ].join('\n');
}
