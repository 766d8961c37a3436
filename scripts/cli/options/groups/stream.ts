import { MOST_BATCH_RECORDS } from '#model/limits/mapping-limits.ts';
import { SECOND_MS } from '#text/duration.ts';
import { duration, whole } from '../values.ts';
import type { OptionGroup } from './option-group.ts';

/** The stream of a run, and its mapping. */
export function streamOptions(): OptionGroup {
  return {
    title: 'Stream and mapping',
    options: [
      whole('--shards <number>', "shards of the run's stream", 1, 64, 2),
      whole('--batch-size <records>', 'records per batch at most; default: as deployed', 1, MOST_BATCH_RECORDS),
      duration(
        '--batching-window <duration>',
        'how long the mapping fills a batch, whole seconds; default: as deployed',
        undefined,
        0,
        300 * SECOND_MS,
        true,
      ),
    ],
  };
}
