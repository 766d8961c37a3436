import type { Target } from '../targets/target.ts';
import type { EmulatorClients } from './clients.ts';
import type { Emulator } from './emulator.ts';
import { functionOf } from './function-of.ts';

/**
 * A stack as it is to be removed: by the names that follow from its own, since it may be half deployed, of another version,
 * or one that allows no benchmark.
 */
export function targetOf(stack: string, { endpoint, region }: Emulator, clients: EmulatorClients): Target {
  return {
    ...clients,
    place: { name: 'localstack', endpoint, region, stack, version: '', database: 'external' },
    outputs: {
      streamName: `${stack}-events`,
      runStreamPrefix: `${stack}-run-`,
      microBatchFunction: functionOf(stack, 'micro-batch'),
      microBatchMapping: '',
      scheduledBatchFunction: functionOf(stack, 'scheduled-batch'),
      resultsFunction: functionOf(stack, 'results'),
      database: 'external',
      version: '',
    },
    reportDelayMs: 0,
    deployedRun: null,
    killEnvironment: () => null,
    close: async () => undefined,
  };
}
