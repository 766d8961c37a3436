import { Command, InvalidArgumentError, Option } from 'commander';
import { type BenchmarkOptions, OF_GENERATED_LOAD, OF_REAL_LOAD, OPTION_RANGES } from '#bench/benchmark-options.ts';
import { parseHostField } from '#bench/load/host-field.ts';
import { joinWithOr, LOG_FORMATS, parseLogFormat } from '#bench/load/log-format.ts';
import { parseIsoTime } from '#text/iso-time.ts';
import { UsageError } from '#text/usage-error.ts';
import { refuseOptionsOfOtherTarget, stackOption, targetOption } from '../options/target-options.ts';
import { duration, durations, number, parsed, port, seconds, verbose, whole } from '../options/values.ts';
import { verdictOptions } from '../options/verdict-options.ts';
import { givenOptions, parseCommand } from '../parse-command.ts';

/** The options that Commander reads; `calibrate` follows from them. */
type Given = Omit<BenchmarkOptions, 'calibrate'>;

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseOptions(args: readonly string[]): BenchmarkOptions | null {
  const command = createCommand();
  const given = parseCommand<Given>(command, args);
  if (given === null) return null;
  refuseOptionsOfOtherTarget(command);
  refuseOptionsOfOtherLoad(command, given);
  refuseSweepOfLog(command, given);
  refuseShares(given);
  const isDefault = command.getOptionValueSource('windows') === 'default';
  return {
    ...given,
    windows: given.input === undefined ? given.windows : [],
    calibrate: isDefault || given.windows.length > 0,
  };
}

/** Every option with its unit and default, in the order of --help. */
function createCommand(): Command {
  const command = new Command('npm run bench --').description(
    'Counts the same events on both paths, proves both counts exact, and says from which window size batch is better.',
  );
  for (const [title, options] of Object.entries(OPTION_GROUPS)) {
    command.optionsGroup(title);
    for (const option of options()) command.addOption(option);
  }
  return command.addHelpText('after', AFTER_THE_OPTIONS);
}

const OPTION_GROUPS: Readonly<Record<string, () => Option[]>> = {
  Where: () => [
    targetOption(),
    stackOption(),
    new Option('--yes', 'aws: start without asking whether the estimated cost is fine').default(false),
    port('--kinesis-port', 'the embedded Kinesis API'),
    port('--lambda-port', 'the embedded Lambda API'),
  ],

  Counting: () => [
    seconds('--window <duration>', 'size of the tumbling window, whole seconds', OPTION_RANGES.window, '5s'),
    duration(
      '--bound <duration>',
      'how far out of order events may come: a window closes this long after its end, later events are late',
      OPTION_RANGES.bound,
      '2s',
    ),
    duration(
      '--margin <duration>',
      "how long after a window's end + bound the scheduled batch reads it, so that no event is still on its way",
      OPTION_RANGES.margin,
      '2s',
    ),
    duration(
      '--max-future-skew <duration>',
      'an event whose time is this much later than its arrival is quarantined: the clock of its sender is wrong',
      OPTION_RANGES.maxFutureSkew,
      '5m',
    ),
    duration(
      '--idle-timeout <duration>',
      'a shard without events for this long no longer keeps windows open, if nothing in it is left to count',
      OPTION_RANGES.idleTimeout,
      '10s',
    ),
    new Option('--late <policy>', 'late events. count: correct their window; drop: leave them out of it')
      .choices(['count', 'drop'])
      .default('count'),
  ],

  'Further measurements for the verdict, after the live run': () => [
    durations(
      '--windows <list>',
      "window sizes: one batch counts a whole window's events, then micro-batches do",
      OPTION_RANGES.windows,
      { standard: '1m,5m', step: 'whole minutes', none: 'measure none, and fit no model' },
    ),
    durations(
      '--batching-windows <list>',
      'batching windows of the mapping: micro-batches alone count a load with each',
      OPTION_RANGES.batchingWindows,
      { standard: 'none', step: 'whole seconds', none: 'measure none' },
    ),
    whole(
      '--max-events <number>',
      'a measurement that needs more events is modelled instead',
      OPTION_RANGES.maxEvents,
      2_000_000,
    ),
    whole(
      '--repeat <number>',
      'number of live runs, or replays; two or more show the noise between runs',
      OPTION_RANGES.repeat,
      1,
    ),
  ],

  Verdict: () => verdictOptions(),

  'Stream and event source mapping': () => [
    whole('--shards <number>', "shards of the run's stream", OPTION_RANGES.shards, 2),
    whole('--batch-size <records>', 'most records in a micro-batch; default: as deployed', OPTION_RANGES.batchSize),
    seconds(
      '--batching-window <duration>',
      'how long the mapping waits for a micro-batch to fill, whole seconds; default: as deployed',
      OPTION_RANGES.batchingWindow,
    ),
  ],

  'Generated load': () => [
    number('--rate <events/s>', 'events per second', OPTION_RANGES.rate, 500),
    duration(
      '--duration <duration>',
      'how long events are measured; sending goes on until the last measured window has closed',
      OPTION_RANGES.duration,
      '60s',
    ),
    whole('--hosts <number>', 'number of distinct hosts', OPTION_RANGES.hosts, 200),
    whole('--referrers <number>', 'number of distinct referrers', OPTION_RANGES.referrers, 50),
    number(
      '--host-skew <exponent>',
      "exponent of Zipf's law for hosts; 0: all equally frequent",
      OPTION_RANGES.hostSkew,
      1,
    ),
    number(
      '--referrer-skew <exponent>',
      "exponent of Zipf's law for referrers; 0: all equally frequent",
      OPTION_RANGES.referrerSkew,
      1,
    ),
    number('--null-referrers <share>', 'share of events without a referrer, 0 to 1', OPTION_RANGES.nullReferrers, 0.3),
    number('--out-of-order <share>', 'share of events that come out of order, 0 to 1', OPTION_RANGES.outOfOrder, 0.3),
    duration(
      '--out-of-order-by <duration>',
      'longest delay of an event that comes out of order; default: the bound',
      OPTION_RANGES.outOfOrderBy,
    ),
    number(
      '--late-share <share>',
      'share of events sent so late that their window has closed, 0 to 1',
      OPTION_RANGES.lateShare,
      0,
    ),
    number(
      '--malformed <share>',
      "share of lines that can't be counted and must be quarantined, 0 to 1",
      OPTION_RANGES.malformed,
      0,
    ),
    whole(
      '--seed <number>',
      'the same seed generates the same events, and with --event-start the same tables',
      OPTION_RANGES.seed,
      1,
    ),
    new Option('--event-start <time>', 'time of the first event, in the past, ISO 8601; default: now').argParser(
      parsePastTime,
    ),
  ],

  'Real load, instead of the generated one': () => [
    new Option('--input <file>', 'log file to replay, plain or gzip; -: standard input'),
    parsed('--format <name>', `format of the log: ${joinWithOr(['auto', ...LOG_FORMATS])}`, parseLogFormat, 'auto'),
    parsed('--host-field <field>', 'host of a line of a combined log: ip, path or constant:NAME', parseHostField, 'ip'),
    parsed('--speed <factor>', 'how many times faster than in the log; max: as fast as possible', parseSpeed, 'max'),
  ],

  Records: () => [
    whole(
      '--events-per-record <number>',
      'most events in a record, which holds up to 25 KB',
      OPTION_RANGES.eventsPerRecord,
      1,
    ),
    new Option('--partition-by <what>', 'what the partition key of an event is')
      .choices(['host', 'random'])
      .default('random'),
  ],

  Faults: () => [
    parsed(
      '--chaos <faults>',
      'embedded: kill=N kills N execution environments at random moments of the load',
      parseChaos,
      'kill=0',
    ),
  ],

  Results: () => [
    new Option(
      '--keep',
      "keep the run's tables in the database; embedded: only with a database that DATABASE_URL names",
    ).default(false),
    new Option('--out <folder>', 'folder for report.json and report.html; default: a new folder in out/'),
    verbose(),
  ],
};

const AFTER_THE_OPTIONS = `
The measurements, in this order:
  1. the live run at --rate, as often as --repeat says
  2. the calibration: invocations of many sizes, to which the model is fitted
  3. for each of --windows: its whole load, counted by one batch and by micro-batches
  4. each of --batching-windows
Ctrl-C ends the benchmark with a report of the measurements that are complete, if the first live run is one of them.
A second Ctrl-C ends it at once.

With --input, the log is replayed instead of the live run. --windows and --batching-windows need generated events with
other keys, so they can't be combined with --input. The model is fitted to a calibration all the same, unless --windows
is none, and applied to the keys of the log.

Environment:
  DATABASE_URL       embedded: PostgreSQL 16 or later to count in; default: a database that ends with the run
  AWS_ENDPOINT_URL   localstack: URL of the emulator; default: http://127.0.0.1:4566, as test/test in us-east-1
  AWS_REGION, AWS_PROFILE and the other variables of the AWS SDK   aws: region and credentials

Exit codes: 0 both paths exact · 1 not exact, or the run failed · 2 wrong use · 130 interrupted`;

function parsePastTime(text: string): number {
  const ms = parseIsoTime(text);
  if (ms !== null && ms <= Date.now()) return ms;
  throw new InvalidArgumentError('expected a past time in ISO 8601, such as 2026-01-01T00:00:00Z');
}

/** The speed of a replay, as a multiple of the log's own. */
function parseSpeed(text: string): 'max' | number {
  const factor = Number(text);
  const [above, most] = OPTION_RANGES.speed;
  if (text === 'max') return text;
  if (text.trim() === '' || !(factor > above && factor <= most)) {
    throw new UsageError(`Invalid --speed '${text}': expected max or a number above 0, such as 60; see --help`);
  }
  return factor;
}

function parseChaos(text: string): { kills: number } {
  const match = /^kill=(\d{1,4})$/.exec(text);
  if (match === null) throw new UsageError(`Invalid --chaos '${text}': expected kill=N, such as kill=5; see --help`);
  return { kills: Number(match[1]) };
}

/** Options that need a generated load, each with the reason that the user is told. */
const OF_SWEEP: Readonly<Record<string, string>> = {
  '--windows': 'measures windows of a generated load',
  '--batching-windows': 'measures batching windows with a generated load',
  '--max-events': 'limits the measurements with a generated load',
};

/** `none` asks for no measurement, so it is fine with a log. */
function refuseSweepOfLog(command: Command, { input }: Given): void {
  if (input === undefined) return;
  for (const option of givenOptions(command)) {
    const reason = OF_SWEEP[option.long ?? ''];
    const value: unknown = command.getOptionValue(option.attributeName());
    if (reason === undefined || (Array.isArray(value) && value.length === 0)) continue;
    throw new UsageError(`${option.long} ${reason}: leave it out with --input, or leave out --input; see --help`);
  }
}

function refuseOptionsOfOtherLoad(command: Command, { input }: Given): void {
  const ofOther = new Set<string>(input === undefined ? OF_REAL_LOAD : OF_GENERATED_LOAD);
  const flag = givenOptions(command).find((option) => ofOther.has(option.attributeName()))?.long;
  if (flag === undefined) return;
  throw new UsageError(
    input === undefined
      ? `${flag} is about a log: name one with --input, or leave out ${flag}; see --help`
      : `${flag} shapes the generated load: leave it out with --input, or leave out --input; see --help`,
  );
}

/** A line is out of order, late or malformed, so the shares add up to 1 at most; 1e-9 allows for binary fractions. */
function refuseShares({ outOfOrder, lateShare, malformed }: Given): void {
  const sum = outOfOrder + lateShare + malformed;
  if (sum <= 1 + 1e-9) return;
  throw new UsageError(
    `--out-of-order ${outOfOrder}, --late-share ${lateShare} and --malformed ${malformed} add up to ${Number(sum.toFixed(9))}: expected 1 at most; see --help`,
  );
}
