import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type DurationRange, parseDuration } from './duration.ts';
import { type HostField, parseHostField } from './load/host-field.ts';
import { parseIsoTime } from './load/iso-time.ts';
import type { PartitionBy } from './load/line.ts';
import { type LogFormat, parseLogFormat } from './load/log-format.ts';
import { UsageError } from './usage-error.ts';

/** What a benchmark does, as the command line says it. Times in ms, shares from 0 to 1. */
export type BenchmarkOptions = {
  target: 'embedded';
  window: number;
  bound: number;
  margin: number;
  maxFutureSkew: number;
  idleTimeout: number;
  late: 'count' | 'drop';
  shards: number;
  batchSize: number | undefined;
  batchingWindow: number | undefined;
  rate: number;
  duration: number;
  hosts: number;
  referrers: number;
  hostSkew: number;
  referrerSkew: number;
  nullReferrers: number;
  outOfOrder: number;
  outOfOrderBy: number;
  lateShare: number;
  malformed: number;
  seed: number;
  eventStart: number | undefined;
  eventsPerRecord: number;
  partitionBy: PartitionBy;
  input: string | undefined;
  format: LogFormat | 'auto';
  hostField: HostField;
  speed: 'max' | number;
  chaos: { kills: number };
  keep: boolean;
  out: string | undefined;
  kinesisPort: number;
  lambdaPort: number;
  verbose: boolean;
};

const SECOND = 1_000;
const DAY = 86_400_000;

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseOptions(args: readonly string[]): BenchmarkOptions | null {
  const command = createCommand();
  try {
    command.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UsageError(`${oneLine(error.message)}; see --help`);
  }
  const options = command.opts<BenchmarkOptions>();
  const [excess] = command.args;
  if (excess !== undefined) {
    throw new UsageError(`Unexpected argument '${excess}': expected options, after 'npm run bench --'; see --help`);
  }
  refuseOptionsOfOtherLoad(command, options);
  refuseShares(options);
  return options;
}

/** `error: option '--rate <events/s>' argument '0' is invalid. expected …` in the words of all our errors. */
function oneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/^unknown option (.*)\n\(Did you mean (.*)\?\)$/s, 'unknown option $1 (perhaps $2)')
    .replace(/\n.*$/s, '')
    .replace(/^unknown/, 'Unknown')
    .replace(/^option '(--[a-z-]+)[^']*' argument '(.*)' is invalid\. /s, "Invalid $1 '$2': ")
    .replace(/Allowed choices are /, 'expected one of ')
    .replace(/^option '(--[a-z-]+) (.*)' argument missing$/s, 'Missing value of $1: expected $2')
    .replace(/\.$/, '');
}

function createCommand(): Command {
  const command = new Command('npm run bench --')
    .description('Counts the same events on both paths, proves both counts exact, and reports how fresh they were.')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .showHelpAfterError(false)
    .allowExcessArguments()
    .configureHelp({ helpWidth: 110 });

  command
    .optionsGroup('Where')
    .addOption(new Option('--target <name>', 'embedded: all on this machine').choices(['embedded']).default('embedded'))
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
        'kill=N kills N execution environments at random moments of the load',
        parseChaos,
        'kill=0',
      ),
    );

  command
    .optionsGroup('Results')
    .addOption(new Option('--keep', "leave the run's tables in the database that DATABASE_URL names").default(false))
    .addOption(new Option('--out <folder>', 'folder for report.json; default: one of its own in out/'))
    .addOption(new Option('--verbose', 'print the stack of an error').default(false));

  return command.addHelpText(
    'after',
    `
Environment:
  DATABASE_URL   a PostgreSQL 16+ to count into; without it the run has one of its own, gone afterwards

Exit codes: 0 both paths exact · 1 not exact, or the run failed · 2 wrong use · 130 interrupted`,
  );
}

const OF_GENERATED_LOAD = new Set<string>([
  'rate',
  'duration',
  'hosts',
  'referrers',
  'hostSkew',
  'referrerSkew',
  'nullReferrers',
  'outOfOrder',
  'outOfOrderBy',
  'lateShare',
  'malformed',
  'eventStart',
] satisfies (keyof BenchmarkOptions)[]);
const OF_REAL_LOAD = new Set<string>(['format', 'hostField', 'speed'] satisfies (keyof BenchmarkOptions)[]);

function refuseOptionsOfOtherLoad(command: Command, { input }: BenchmarkOptions): void {
  const ofOther = input === undefined ? OF_REAL_LOAD : OF_GENERATED_LOAD;
  const flag = command.options.find((option) => {
    const name = option.attributeName();
    return ofOther.has(name) && command.getOptionValueSource(name) === 'cli';
  })?.long;
  if (flag === undefined) return;
  throw new UsageError(
    input === undefined
      ? `${flag} is about a log: name one with --input, or leave out ${flag}; see --help`
      : `${flag} shapes the generated load: leave it out with --input, or leave out --input; see --help`,
  );
}

/** A line has one fate, so their shares can't add up to more than all lines; 1e-9 forgives binary fractions. */
function refuseShares({ outOfOrder, lateShare, malformed }: BenchmarkOptions): void {
  const sum = outOfOrder + lateShare + malformed;
  if (sum <= 1 + 1e-9) return;
  throw new UsageError(
    `--out-of-order ${outOfOrder}, --late-share ${lateShare} and --malformed ${malformed} add up to ${Number(sum.toFixed(9))}: expected 1 at most; see --help`,
  );
}

function port(flag: string): Option {
  return whole(`${flag} <port>`, 'port on 127.0.0.1; 0: the system chooses', 0, 65_535, 0);
}

function whole(flags: string, description: string, least: number, most: number, standard?: number): Option {
  return number(flags, description, least, most, standard, Number.isInteger, 'a whole number');
}

function number(
  flags: string,
  description: string,
  least: number,
  most: number,
  standard?: number,
  fits: (value: number) => boolean = Number.isFinite,
  what = 'a number',
): Option {
  return new Option(flags, description).default(standard).argParser((text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!fits(value) || value < least || value > most) {
      throw new InvalidArgumentError(`expected ${what} from ${least} to ${most}`);
    }
    return value;
  });
}

function duration(
  flags: string,
  description: string,
  standard: string | undefined,
  leastMs: number,
  mostMs: number,
  wholeSeconds = false,
): Option {
  const name = flags.split(' ')[0] as string;
  const range: DurationRange = { leastMs, mostMs, wholeSeconds };
  const parse = (text: string): number => parseDuration(name, text, range);
  const option = new Option(flags, description).argParser(parse);
  return standard === undefined ? option : option.default(parse(standard), standard);
}

function parsed<T>(flags: string, description: string, parse: (text: string) => T, standard: string): Option {
  return new Option(flags, description).argParser(parse).default(parse(standard), standard);
}

function parseSpeed(text: string): 'max' | number {
  const factor = Number(text);
  if (text === 'max') return text;
  if (text.trim() === '' || !(factor > 0 && factor <= 1e9)) {
    throw new UsageError(`Invalid --speed '${text}': expected max or a number above 0, such as 60; see --help`);
  }
  return factor;
}

function parseChaos(text: string): { kills: number } {
  const match = /^kill=(\d{1,4})$/.exec(text);
  if (match === null) throw new UsageError(`Invalid --chaos '${text}': expected kill=N, such as kill=5; see --help`);
  return { kills: Number(match[1]) };
}
