import { Option } from 'commander';
import { stackOption, targetOption } from '../target-options.ts';
import { port } from '../values.ts';
import type { OptionGroup } from './option-group.ts';

/** Where the benchmark runs. */
export function whereOptions(): OptionGroup {
  return {
    title: 'Where',
    options: [
      targetOption(),
      stackOption(),
      new Option('--yes', 'aws: start without asking whether the run may cost what it costs').default(false),
      port('--kinesis-port'),
      port('--lambda-port'),
    ],
  };
}
