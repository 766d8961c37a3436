import { createClients } from './clients.ts';
import { readDeployedStack, type WayToStack } from './deployed-stack.ts';
import type { Target } from './target.ts';

/**
 * What is deployed at the end of a way, as a target that nobody has to end.
 *
 * @param reportDelayMs how long the platform's reports may take there until they can be read
 * @throws UsageError where no benchmark can run on it
 */
export async function openDeployed(
  { cloudformation, config, destination, wanted }: WayToStack,
  reportDelayMs: number,
): Promise<Target> {
  const { name, outputs } = await readDeployedStack(cloudformation, wanted);
  const { version, database } = outputs;
  return {
    ...createClients(() => config, destination),
    place: { ...destination, stack: name, version, database },
    outputs,
    reportDelayMs,
    deployedRun: null,
    killEnvironment: () => null,
    close: async () => undefined,
  };
}
