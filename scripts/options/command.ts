import { Command, InvalidArgumentError, Option } from 'commander';
import { parseHostField } from '../load/host-field.ts';
import { parseIsoTime } from '../load/iso-time.ts';
import { parseLogFormat } from '../load/log-format.ts';
import { durations } from './durations.ts';
import { stackOption, targetOption } from './target-options.ts';
import { duration, number, parseChaos, parsed, parseSpeed, port, whole } from './values.ts';
import { verdictOptions } from './verdict-options.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** Every option of the benchmark with its unit, range and default: what --help shows is what is enforced. */
export function createCommand(): Command {
  const command = new Command('npm run bench --')
    .description(
      'Counts the same events on both paths, proves both counts exact, and says from which window on to batch.',
    )
    .showHelpAfterError(false)
    .allowExcessArguments()
    .configureHelp({ helpWidth: 110 });

  command
    .optionsGroup('Where')
    .addOption(targetOption())
    .addOption(stackOption())
    .addOption(new Option('--yes', 'aws: start without asking whether the run may cost what it costs').default(false))
    .addOption(port('--kinesis-port'))
    .addOption(port('--lambda-port'));

  command
    .optionsGroup('What is counted')
    .addOption(duration('--window <duration>', 'size of the tumbling window, whole seconds', '5s', SECOND, DAY, true))
    .addOption(duration('--bound <duration>', 'how far events may be out of order before they are late', '2s', 0, DAY))
    .addOption(
      duration('--margin <duration>', 'how long the batch waits beyond end + bound before it reads', '2s', 0, DAY / 24),
    )
    .addOption(
      duration('--max-future-skew <duration>', 'further ahead of its arrival an event is quarantined', '5m', 0, DAY),
    )
    .addOption(
      duration('--idle-timeout <duration>', 'a shard silent for so long holds no watermark back', '10s', SECOND, DAY),
    )
    .addOption(
      new Option('--late <policy>', 'what becomes of late events').choices(['count', 'drop']).default('count'),
    );

  command
    .optionsGroup('What is measured beside the live run, for the verdict')
    .addOption(
      durations('--windows <list>', 'windows whose whole load one batch counts, and then the micro-batch path', {
        standard: '1m,5m',
        leastMs: MINUTE,
        mostMs: DAY,
        stepMs: MINUTE,
        step: 'whole minutes',
        none: 'the model is not fitted either',
      }),
    )
    .addOption(
      durations('--batching-windows <list>', 'batching windows to run the micro-batch path alone with', {
        standard: 'none',
        leastMs: 0,
        mostMs: 300 * SECOND,
        stepMs: SECOND,
        step: 'whole seconds',
        none: "the live run's alone",
      }),
    )
    .addOption(
      whole('--max-events <number>', 'what takes more events is modelled, not measured', 1, 1_000_000_000, 2_000_000),
    )
    .addOption(whole('--repeat <number>', 'live runs, or replays, to tell differences from noise', 1, 20, 1));

  command.optionsGroup('Verdict');
  for (const option of verdictOptions()) command.addOption(option);

  command
    .optionsGroup('Stream and mapping')
    .addOption(whole('--shards <number>', "shards of the run's stream", 1, 64, 2))
    .addOption(whole('--batch-size <records>', 'records per batch at most; default: as deployed', 1, 10_000))
    .addOption(
      duration(
        '--batching-window <duration>',
        'how long the mapping fills a batch, whole seconds; default: as deployed',
        undefined,
        0,
        300 * SECOND,
        true,
      ),
    );

  command
    .optionsGroup('Generated load')
    .addOption(number('--rate <events/s>', 'events per second', 1, 100_000, 500))
    .addOption(
      duration(
        '--duration <duration>',
        'length of the load, without the tail that closes its last window',
        '60s',
        SECOND,
        DAY,
      ),
    )
    .addOption(whole('--hosts <number>', 'distinct hosts', 1, 10_000_000, 200))
    .addOption(whole('--referrers <number>', 'distinct referrers', 1, 10_000_000, 50))
    .addOption(number('--host-skew <exponent>', 'Zipf exponent of the hosts; 0 is uniform', 0, 5, 1))
    .addOption(number('--referrer-skew <exponent>', 'Zipf exponent of the referrers', 0, 5, 1))
    .addOption(number('--null-referrers <share>', 'share of events without a referrer', 0, 1, 0.3))
    .addOption(number('--out-of-order <share>', 'share of events that come out of order', 0, 1, 0.3))
    .addOption(duration('--out-of-order-by <duration>', 'by how much at most; default: the bound', undefined, 0, DAY))
    .addOption(number('--late-share <share>', 'share of events that come later than window + bound', 0, 1, 0))
    .addOption(number('--malformed <share>', 'share of lines that must end in quarantine', 0, 1, 0))
    .addOption(
      whole('--seed <number>', 'same seed, same events; with --event-start also the same tables', 0, 2 ** 31 - 1, 1),
    )
    .addOption(
      new Option('--event-start <time>', 'event time of the first event, ISO 8601; default: now').argParser((text) => {
        const ms = parseIsoTime(text);
        if (ms === null || ms > Date.now()) {
          throw new InvalidArgumentError('expected a past time in ISO 8601, such as 2026-01-01T00:00:00Z');
        }
        return ms;
      }),
    );

  command
    .optionsGroup('Real load, instead of the generated one')
    .addOption(new Option('--input <file>', 'log to replay, plain or gzip; - for standard input'))
    .addOption(parsed('--format <name>', 'auto, combined, vhost_combined or ndjson', parseLogFormat, 'auto'))
    .addOption(
      parsed('--host-field <field>', 'host of a combined log: ip, path or constant:NAME', parseHostField, 'ip'),
    )
    .addOption(parsed('--speed <factor>', "max, or how many times as fast as the log's own time", parseSpeed, 'max'));

  command
    .optionsGroup('Records')
    .addOption(whole('--events-per-record <number>', 'events packed into one record, up to 25 KB', 1, 10_000, 1))
    .addOption(new Option('--partition-by <what>', 'partition key').choices(['host', 'random']).default('random'));

  command
    .optionsGroup('Faults')
    .addOption(
      parsed(
        '--chaos <faults>',
        'embedded: kill=N kills N execution environments at random moments of the load',
        parseChaos,
        'kill=0',
      ),
    );

  command
    .optionsGroup('Results')
    .addOption(
      new Option(
        '--keep',
        "leave the run's tables in the database; embedded: in the one that DATABASE_URL names",
      ).default(false),
    )
    .addOption(new Option('--out <folder>', 'folder for report.json and report.html; default: one of its own in out/'))
    .addOption(new Option('--verbose', 'print the stack of an error').default(false));

  return command.addHelpText(
    'after',
    `
What is measured, in this order: the live run at --rate, as often as --repeat says; invocations of many sizes that the
model is fitted to; for each of --windows its whole load, by one batch and by the micro-batch path; each of
--batching-windows. Ctrl-C ends it with a report of the phases that have ended by then, if the first live run is among
them; a second one ends it at once.

A log is replayed in place of the live run. What else is measured needs a generated load of other keys, so --windows and
--batching-windows don't go with --input. The model is fitted all the same, unless with --windows none, and applied to
the log's own keys.

Environment:
  DATABASE_URL       embedded: a PostgreSQL 16+ to count into; without it the run has one of its own, gone afterwards
  AWS_ENDPOINT_URL   localstack: the emulator; default http://127.0.0.1:4566, as test/test in us-east-1
  AWS_REGION, AWS_PROFILE and the others of the AWS SDK   aws: region and credentials, by its usual chain

Exit codes: 0 both paths exact · 1 not exact, or the run failed · 2 wrong use · 130 interrupted`,
  );
}
