import { InvalidArgumentError, Option } from 'commander';
import { DAY_MS, SECOND_MS } from '#text/duration.ts';
import { parseIsoTime } from '#text/iso-time.ts';
import { duration, number, whole } from '../values.ts';
import type { OptionGroup } from './option-group.ts';

/** The shape of a generated load. */
export function generatedLoadOptions(): OptionGroup {
  return {
    title: 'Generated load',
    options: [
      number('--rate <events/s>', 'events per second', 1, 100_000, 500),
      duration(
        '--duration <duration>',
        'length of the load, without the tail that closes its last window',
        '60s',
        SECOND_MS,
        DAY_MS,
      ),
      whole('--hosts <number>', 'distinct hosts', 1, 10_000_000, 200),
      whole('--referrers <number>', 'distinct referrers', 1, 10_000_000, 50),
      number('--host-skew <exponent>', 'Zipf exponent of the hosts; 0 is uniform', 0, 5, 1),
      number('--referrer-skew <exponent>', 'Zipf exponent of the referrers', 0, 5, 1),
      number('--null-referrers <share>', 'share of events without a referrer', 0, 1, 0.3),
      number('--out-of-order <share>', 'share of events that come out of order', 0, 1, 0.3),
      duration('--out-of-order-by <duration>', 'by how much at most; default: the bound', undefined, 0, DAY_MS),
      number('--late-share <share>', 'share of events that come later than window + bound', 0, 1, 0),
      number('--malformed <share>', 'share of lines that must end in quarantine', 0, 1, 0),
      whole('--seed <number>', 'same seed, same events; with --event-start also the same tables', 0, 2 ** 31 - 1, 1),
      new Option('--event-start <time>', 'event time of the first event, ISO 8601; default: now').argParser((text) => {
        const ms = parseIsoTime(text);
        if (ms === null || ms > Date.now()) {
          throw new InvalidArgumentError('expected a past time in ISO 8601, such as 2026-01-01T00:00:00Z');
        }
        return ms;
      }),
    ],
  };
}
