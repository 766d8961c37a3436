import { Option } from 'commander';
import { DAY_MS, SECOND_MS } from '#text/duration.ts';
import { duration } from '../values.ts';
import type { OptionGroup } from './option-group.ts';

/** How events are counted: windows, lateness, watermarks. */
export function countingOptions(): OptionGroup {
  return {
    title: 'What is counted',
    options: [
      duration('--window <duration>', 'size of the tumbling window, whole seconds', '5s', SECOND_MS, DAY_MS, true),
      duration('--bound <duration>', 'how far events may be out of order before they are late', '2s', 0, DAY_MS),
      duration(
        '--margin <duration>',
        'how long the batch waits beyond end + bound before it reads',
        '2s',
        0,
        DAY_MS / 24,
      ),
      duration('--max-future-skew <duration>', 'further ahead of its arrival an event is quarantined', '5m', 0, DAY_MS),
      duration(
        '--idle-timeout <duration>',
        'a shard silent for so long holds no watermark back',
        '10s',
        SECOND_MS,
        DAY_MS,
      ),
      new Option('--late <policy>', 'what becomes of late events').choices(['count', 'drop']).default('count'),
    ],
  };
}
