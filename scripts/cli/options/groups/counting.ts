import { Option } from 'commander';
import { OPTION_RANGES } from '#bench/benchmark-options.ts';

import { duration } from '../values.ts';
import type { OptionGroup } from './option-group.ts';

/** How events are counted: windows, lateness, watermarks. */
export function countingOptions(): OptionGroup {
  return {
    title: 'What is counted',
    options: [
      duration(
        '--window <duration>',
        'size of the tumbling window, whole seconds',
        '5s',
        ...OPTION_RANGES.window,
        true,
      ),
      duration(
        '--bound <duration>',
        'how far events may be out of order before they are late',
        '2s',
        ...OPTION_RANGES.bound,
      ),
      duration(
        '--margin <duration>',
        'how long the batch waits beyond end + bound before it reads',
        '2s',
        ...OPTION_RANGES.margin,
      ),
      duration(
        '--max-future-skew <duration>',
        'further ahead of its arrival an event is quarantined',
        '5m',
        ...OPTION_RANGES.maxFutureSkew,
      ),
      duration(
        '--idle-timeout <duration>',
        'a shard silent for so long holds no watermark back',
        '10s',
        ...OPTION_RANGES.idleTimeout,
      ),
      new Option('--late <policy>', 'what becomes of late events').choices(['count', 'drop']).default('count'),
    ],
  };
}
