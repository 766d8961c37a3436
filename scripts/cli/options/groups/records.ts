import { Option } from 'commander';
import { OPTION_RANGES } from '#bench/benchmark-options.ts';
import { whole } from '../values.ts';
import type { OptionGroup } from './option-group.ts';

/** How events become records. */
export function recordOptions(): OptionGroup {
  return {
    title: 'Records',
    options: [
      whole(
        '--events-per-record <number>',
        'events packed into one record, up to 25 KB',
        ...OPTION_RANGES.eventsPerRecord,
        1,
      ),
      new Option('--partition-by <what>', 'partition key').choices(['host', 'random']).default('random'),
    ],
  };
}
