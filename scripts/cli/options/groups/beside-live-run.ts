import { DAY_MS, MINUTE_MS, SECOND_MS } from '#text/duration.ts';
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
        leastMs: MINUTE_MS,
        mostMs: DAY_MS,
        stepMs: MINUTE_MS,
        step: 'whole minutes',
        none: 'the model is not fitted either',
      }),
      durations('--batching-windows <list>', 'batching windows to run the micro-batch path alone with', {
        standard: 'none',
        leastMs: 0,
        mostMs: 300 * SECOND_MS,
        stepMs: SECOND_MS,
        step: 'whole seconds',
        none: "the live run's alone",
      }),
      whole('--max-events <number>', 'what takes more events is modelled, not measured', 1, 1_000_000_000, 2_000_000),
      whole('--repeat <number>', 'live runs, or replays, to tell differences from noise', 1, 20, 1),
    ],
  };
}
