import { InvalidArgumentError, Option } from 'commander';
import { OPTION_RANGES } from '#bench/benchmark-options.ts';

import { parseIsoTime } from '#text/iso-time.ts';
import { duration, number, whole } from '../values.ts';
import type { OptionGroup } from './option-group.ts';

/** The shape of a generated load. */
export function generatedLoadOptions(): OptionGroup {
  return {
    title: 'Generated load',
    options: [
      number('--rate <events/s>', 'events per second', ...OPTION_RANGES.rate, 500),
      duration(
        '--duration <duration>',
        'length of the load, without the tail that closes its last window',
        '60s',
        ...OPTION_RANGES.duration,
      ),
      whole('--hosts <number>', 'distinct hosts', ...OPTION_RANGES.hosts, 200),
      whole('--referrers <number>', 'distinct referrers', ...OPTION_RANGES.referrers, 50),
      number('--host-skew <exponent>', 'Zipf exponent of the hosts; 0 is uniform', ...OPTION_RANGES.hostSkew, 1),
      number('--referrer-skew <exponent>', 'Zipf exponent of the referrers', ...OPTION_RANGES.referrerSkew, 1),
      number('--null-referrers <share>', 'share of events without a referrer', ...OPTION_RANGES.nullReferrers, 0.3),
      number('--out-of-order <share>', 'share of events that come out of order', ...OPTION_RANGES.outOfOrder, 0.3),
      duration(
        '--out-of-order-by <duration>',
        'by how much at most; default: the bound',
        undefined,
        ...OPTION_RANGES.outOfOrderBy,
      ),
      number(
        '--late-share <share>',
        'share of events that come later than window + bound',
        ...OPTION_RANGES.lateShare,
        0,
      ),
      number('--malformed <share>', 'share of lines that must end in quarantine', ...OPTION_RANGES.malformed, 0),
      whole(
        '--seed <number>',
        'same seed, same events; with --event-start also the same tables',
        ...OPTION_RANGES.seed,
        1,
      ),
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
