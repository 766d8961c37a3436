import { OPTION_RANGES } from '#bench/benchmark-options.ts';
import { duration, whole } from '../values.ts';
import type { OptionGroup } from './option-group.ts';

/** The stream of a run, and its mapping. */
export function streamOptions(): OptionGroup {
  return {
    title: 'Stream and mapping',
    options: [
      whole('--shards <number>', "shards of the run's stream", ...OPTION_RANGES.shards, 2),
      whole('--batch-size <records>', 'records per batch at most; default: as deployed', ...OPTION_RANGES.batchSize),
      duration(
        '--batching-window <duration>',
        'how long the mapping fills a batch, whole seconds; default: as deployed',
        undefined,
        ...OPTION_RANGES.batchingWindow,
        true,
      ),
    ],
  };
}
