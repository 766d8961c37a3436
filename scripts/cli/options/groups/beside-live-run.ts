import { OPTION_RANGES } from '#bench/benchmark-options.ts';
import { MINUTE_MS, SECOND_MS } from '#text/duration.ts';
import { durations } from '../durations.ts';
import { whole } from '../values.ts';
import type { OptionGroup } from './option-group.ts';

/** What is measured beside the live run. */
export function besideLiveRunOptions(): OptionGroup {
  return {
    title: 'What is measured beside the live run, for the verdict',
    options: [
      durations('--windows <list>', 'windows whose whole load one batch counts, and then the micro-batch path', {
        standard: '1m,5m',
        range: OPTION_RANGES.windows,
        stepMs: MINUTE_MS,
        step: 'whole minutes',
        none: 'the model is not fitted either',
      }),
      durations('--batching-windows <list>', 'batching windows to run the micro-batch path alone with', {
        standard: 'none',
        range: OPTION_RANGES.batchingWindows,
        stepMs: SECOND_MS,
        step: 'whole seconds',
        none: "the live run's alone",
      }),
      whole(
        '--max-events <number>',
        'what takes more events is modelled, not measured',
        ...OPTION_RANGES.maxEvents,
        2_000_000,
      ),
      whole('--repeat <number>', 'live runs, or replays, to tell differences from noise', ...OPTION_RANGES.repeat, 1),
    ],
  };
}
