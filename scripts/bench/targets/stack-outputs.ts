import { readFileSync } from 'node:fs';
import { UsageError } from '#text/usage-error.ts';

/** The outputs of a deployed stack: names of its resources, its database and its version. */
export type StackOutputs = {
  streamName: string;
  /** The name of a run's stream is this prefix and the run id. */
  runStreamPrefix: string;
  microBatchFunction: string;
  microBatchMapping: string;
  scheduledBatchFunction: string;
  resultsFunction: string;
  database: 'aurora' | 'external';
  version: string;
};

/**
 * Reads the outputs of a stack that a benchmark can run on.
 *
 * @param deploy the command that deploys a stack for benchmarks
 * @throws UsageError if the stack has another version or only one path, or allows no benchmark runs
 */
export function readOutputs(outputs: Readonly<Record<string, string>>, stack: string, deploy: string): StackOutputs {
  const {
    Version: version = 'without a version',
    Paths: paths = 'none',
    RunStreamPrefix: runStreamPrefix = '',
  } = outputs;
  const expected = tidemarkVersion();
  if (version !== expected) {
    throw new UsageError(
      `Stack '${stack}' is ${version}, expected ${expected} as here: deploy it again with ${deploy}`,
    );
  }
  if (paths !== 'both') {
    throw new UsageError(
      `Stack '${stack}' has paths '${paths}', expected both, since it compares them: deploy both with ${deploy}`,
    );
  }
  if (runStreamPrefix === '') {
    throw new UsageError(`Stack '${stack}' allows no benchmark runs: deploy one that does with ${deploy}`);
  }
  const take = (key: string): string => {
    const value = outputs[key];
    if (value !== undefined) return value;
    throw new UsageError(`Stack '${stack}' has no output ${key}: deploy it again with ${deploy}`);
  };
  return {
    streamName: take('StreamName'),
    runStreamPrefix,
    microBatchFunction: take('MicroBatchFunction'),
    microBatchMapping: take('MicroBatchMapping'),
    scheduledBatchFunction: take('ScheduledBatchFunction'),
    resultsFunction: take('ResultsFunction'),
    database: take('Database') === 'aurora' ? 'aurora' : 'external',
    version,
  };
}

/** Returns the version in package.json, which is also an output of a deployed stack. */
export function tidemarkVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
