import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EMULATOR_ACCOUNT } from '../infra/config/emulator-account.ts';
import { describeStack, outputsOf } from './bench/targets/deployed-stack.ts';
import { type Emulator, emulatorOf } from './bench/targets/emulator.ts';
import { EXIT, endWith, onInterrupt } from './cli/command-end.ts';
import { type DeployOptions, parseDeployOptions } from './cli/commands/deploy-localstack.ts';
import { checkEmulator } from './ops/localstack/check-emulator.ts';
import { createEmulatorClients } from './ops/localstack/clients.ts';
import { databaseUrls } from './ops/localstack/database-urls.ts';
import { environmentFor } from './ops/localstack/environment.ts';
import { invokeSchema } from './ops/localstack/invoke-schema.ts';
import { renderDeployed } from './ops/localstack/render-deployed.ts';
import { requireDatabase } from './ops/localstack/require-database.ts';
import { runCdk } from './ops/localstack/run-cdk.ts';
import { createSteps } from './ops/localstack/steps.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

await endWith(async () => {
  const options = parseDeployOptions(process.argv.slice(2));
  return options === null ? EXIT.done : deploy(options, emulatorOf(process.env), onInterrupt());
});

async function deploy(options: DeployOptions, emulator: Emulator, interrupted: AbortSignal): Promise<number> {
  const { stack, context, verbose } = options;
  const database = databaseUrls(process.env);
  await checkEmulator(emulator);
  await requireDatabase(database);

  const step = createSteps((text) => process.stdout.write(text));
  const cdk = { env: environmentFor(emulator, process.env), interrupted, verbose };
  const output = await outputFolder();
  const clients = createEmulatorClients(emulator);
  try {
    // Away from the project, since where `cdk` sees an app it synthesizes it, needed or not.
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
    if (!interrupted.aborted) await step('migrate', () => invokeSchema(clients.lambda, stack));
    if (interrupted.aborted) return tellInterrupted();
    const deployed = await describeStack(clients.cloudformation, { name: stack, place: emulator.endpoint });
    process.stdout.write(`\n${renderDeployed(stack, emulator, deployed === null ? {} : outputsOf(deployed))}\n`);
    return EXIT.done;
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}

/** Of this run alone, so that two side by side don't meet. */
async function outputFolder(): Promise<string> {
  const folder = join(PROJECT, 'out', 'deploy');
  await mkdir(folder, { recursive: true });
  return mkdtemp(join(folder, 'cdk-'));
}

function tellInterrupted(): number {
  process.stderr.write('Interrupted: the emulator may be halfway; the same command goes on from there.\n');
  return EXIT.interrupted;
}
