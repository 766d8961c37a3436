import { checkDatabase } from '#localstack/embedded/postgres/check-database.ts';
import { startPostgres } from '#localstack/embedded/postgres/postgres.ts';
import { type EmbeddedStack, startEmbeddedStack } from '#localstack/embedded/stack.ts';
import { readyAssembly } from './assembly.ts';
import { createClients } from './clients.ts';
import { EMULATOR_CONTEXT } from './emulator.ts';
import { askResults, newRunId } from './results.ts';
import { readOutputs, type StackOutputs } from './stack-outputs.ts';
import { DEFAULT_STACK, type Place, type Target } from './target.ts';

export type EmbeddedOptions = {
  /** Undefined: the run starts a PostgreSQL that is gone afterwards. */
  databaseUrl: string | undefined;
  /** 0: the system chooses the port. */
  kinesisPort: number;
  lambdaPort: number;
  onStep: (step: string) => void;
};

/** Starts everything on this machine: PostgreSQL, Kinesis, and a runtime that executes the synthesized template. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Target> {
  const { onStep } = options;
  if (options.databaseUrl !== undefined) await checkDatabase(options.databaseUrl);
  onStep('synthesizing the stack');
  const assemblyDir = await readyAssembly(EMULATOR_CONTEXT);
  onStep(
    options.databaseUrl === undefined
      ? 'starting PostgreSQL, Kinesis and the functions'
      : 'starting Kinesis and the functions',
  );
  const postgres = options.databaseUrl === undefined ? await startPostgres() : null;
  // This stack ends with the benchmark, so in a shared database it must use the schemas of a run only.
  const deployedRun = newRunId();
  let stack: EmbeddedStack | null = null;
  let outputs: StackOutputs;
  try {
    stack = await startEmbeddedStack({
      assemblyDir,
      parameters: { DatabaseUrl: options.databaseUrl ?? postgres?.url ?? '', DeployedRun: deployedRun },
      kinesisPort: options.kinesisPort,
      lambdaPort: options.lambdaPort,
      scheduler: false, // the benchmark calls the batch itself; ticks would interfere
    });
    outputs = readOutputs(stack.outputs, DEFAULT_STACK, 'npm run bench'); // this command synthesizes the stack again
  } catch (error) {
    await stack?.close();
    await postgres?.close();
    throw error;
  }
  const { endpoints, killEnvironment, close } = stack;
  const { version } = outputs;
  const database = postgres === null ? 'external' : 'embedded';
  const place: Place = { name: 'embedded', endpoint: null, region: null, stack: DEFAULT_STACK, version, database };
  const config = { region: 'us-east-1', credentials: { accessKeyId: 'embedded', secretAccessKey: 'embedded' } };
  const target: Target = {
    ...createClients((service) => ({ ...config, endpoint: endpoints[service] }), place),
    place,
    outputs,
    reportDelayMs: 0,
    deployedRun,
    killEnvironment,
    async close() {
      try {
        if (postgres === null) await askResults(target, 'drop', { run: deployedRun });
      } finally {
        await close().finally(() => postgres?.close());
      }
    },
  };
  return target;
}
