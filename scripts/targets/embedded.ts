import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { checkDatabase } from '../../localstack/embedded/postgres/check-database.ts';
import { startPostgres } from '../../localstack/embedded/postgres/postgres.ts';
import { type EmbeddedStack, startEmbeddedStack } from '../../localstack/embedded/stack.ts';
import { readyAssembly } from './assembly.ts';
import { askResults } from './results.ts';
import { newRunId } from './run-id.ts';
import type { StackOutputs, Target } from './target.ts';

export type EmbeddedOptions = {
  /** Undefined: a PostgreSQL of the run's own, gone afterwards. */
  databaseUrl: string | undefined;
  /** 0: the system chooses. */
  kinesisPort: number;
  lambdaPort: number;
  onStep: (step: string) => void;
};

/** Everything on this machine: PostgreSQL, Kinesis, and a runtime that executes the synthesized template. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Target> {
  const { onStep } = options;
  if (options.databaseUrl !== undefined) await checkDatabase(options.databaseUrl);
  onStep('synthesizing the stack');
  const assemblyDir = await readyAssembly({ benchmark: 'true' });
  onStep(
    options.databaseUrl === undefined
      ? 'starting PostgreSQL, Kinesis and the functions'
      : 'starting Kinesis and the functions',
  );
  const postgres = options.databaseUrl === undefined ? await startPostgres() : null;
  // This stack is gone with the benchmark: in a database that others use it must touch no schema but runs' own.
  const deployedRun = newRunId();
  let stack: EmbeddedStack;
  try {
    stack = await startEmbeddedStack({
      assemblyDir,
      parameters: { DatabaseUrl: options.databaseUrl ?? postgres?.url ?? '', DeployedRun: deployedRun },
      kinesisPort: options.kinesisPort,
      lambdaPort: options.lambdaPort,
      scheduler: false, // the benchmark plays it; its ticks would only get in the way
    });
  } catch (error) {
    await postgres?.close();
    throw error;
  }
  const client = (endpoint: string) => ({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'embedded', secretAccessKey: 'embedded' },
    // A batch may take the whole of its function's 15 minutes to answer.
    requestHandler: new NodeHttpHandler({ requestTimeout: 16 * 60_000 }),
  });
  const target: Target = {
    name: 'embedded',
    // Whether a failed call was taken is for the producer to judge: a blind retry could send twice.
    kinesis: new KinesisClient({ ...client(stack.endpoints.kinesis), maxAttempts: 1 }),
    lambda: new LambdaClient(client(stack.endpoints.lambda)),
    logs: new CloudWatchLogsClient(client(stack.endpoints.logs)),
    outputs: toOutputs(stack.outputs),
    deployedRun,
    killEnvironment: stack.killEnvironment,
    async close() {
      try {
        if (postgres === null) await askResults(target, 'drop', { run: deployedRun });
      } finally {
        await stack.close().finally(() => postgres?.close());
      }
    },
  };
  return target;
}

function toOutputs(outputs: Record<string, string>): StackOutputs {
  const take = (key: string): string => {
    const value = outputs[key];
    if (value === undefined) throw new Error(`The stack has no output ${key}: it is of another version`);
    return value;
  };
  return {
    streamName: take('StreamName'),
    runStreamPrefix: take('RunStreamPrefix'),
    microBatchFunction: take('MicroBatchFunction'),
    microBatchMapping: take('MicroBatchMapping'),
    scheduledBatchFunction: take('ScheduledBatchFunction'),
    resultsFunction: take('ResultsFunction'),
  };
}
