import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { UsageError } from '#text/usage-error.ts';

const DEFAULTS: Partial<BenchmarkOptions> = {
  target: 'embedded',
  stack: 'Tidemark',
  yes: false,
  kinesisPort: 0,
  lambdaPort: 0,
  window: 5_000,
  bound: 2_000,
  margin: 2_000,
  maxFutureSkew: 300_000,
  idleTimeout: 10_000,
  late: 'count',
  shards: 2,
  rate: 500,
  duration: 60_000,
  hosts: 200,
  referrers: 50,
  hostSkew: 1,
  referrerSkew: 1,
  nullReferrers: 0.3,
  outOfOrder: 0.3,
  lateShare: 0,
  malformed: 0,
  seed: 1,
  format: 'auto',
  hostField: 'ip',
  speed: 'max',
  eventsPerRecord: 1,
  partitionBy: 'random',
  windows: [60_000, 300_000],
  calibrate: true,
  batchingWindows: [],
  maxEvents: 2_000_000,
  repeat: 1,
  reads: 'partial',
  freshnessValue: 0,
  database: 'auto-pause',
  chaos: { kills: 0 },
  keep: false,
  verbose: false,
};

const DAY = 86_400_000;

describe('parseOptions', () => {
  it('takes the defaults where nothing is said', () => {
    expect(parseOptions([])).toEqual(DEFAULTS);
  });

  it.each<[text: string, option: keyof BenchmarkOptions, value: unknown]>([
    ['--target embedded', 'target', 'embedded'],
    ['--target localstack', 'target', 'localstack'],
    ['--target aws', 'target', 'aws'],
    ['--target aws --stack Clicks-2', 'stack', 'Clicks-2'],
    ['--target aws --yes', 'yes', true],
    ['--target localstack --keep', 'keep', true],
    ['--kinesis-port 65535', 'kinesisPort', 65_535],
    ['--lambda-port 4566', 'lambdaPort', 4_566],
    ['--window 7m', 'window', 420_000],
    ['--window 1d', 'window', DAY],
    ['--bound 0s', 'bound', 0],
    ['--margin 1h', 'margin', 3_600_000],
    ['--max-future-skew 0ms', 'maxFutureSkew', 0],
    ['--idle-timeout 1s', 'idleTimeout', 1_000],
    ['--late drop', 'late', 'drop'],
    ['--shards 64', 'shards', 64],
    ['--batch-size 10000', 'batchSize', 10_000],
    ['--batching-window 300s', 'batchingWindow', 300_000],
    ['--batching-window 0s', 'batchingWindow', 0],
    ['--rate 100000', 'rate', 100_000],
    ['--rate 2.5', 'rate', 2.5],
    ['--duration 1s', 'duration', 1_000],
    ['--hosts 10000000', 'hosts', 10_000_000],
    ['--referrers 1', 'referrers', 1],
    ['--host-skew 0', 'hostSkew', 0],
    ['--referrer-skew 5', 'referrerSkew', 5],
    ['--null-referrers 1', 'nullReferrers', 1],
    ['--out-of-order 1', 'outOfOrder', 1],
    ['--out-of-order-by 90s', 'outOfOrderBy', 90_000],
    ['--late-share 0.7', 'lateShare', 0.7],
    ['--malformed 0.01', 'malformed', 0.01],
    ['--seed 2147483647', 'seed', 2_147_483_647],
    ['--event-start 1969-12-31T23:59:59Z', 'eventStart', -1_000],
    ['--event-start 2026-01-01T01:00:00+01:00', 'eventStart', Date.UTC(2026, 0, 1)],
    ['--event-start 2026-01-01T00:00', 'eventStart', Date.UTC(2026, 0, 1)], // without a zone, wherever it runs
    ['--input log.gz', 'input', 'log.gz'],
    ['--input -', 'input', '-'],
    ['--input log --format vhost_combined', 'format', 'vhost_combined'],
    ['--input log --host-field constant:www', 'hostField', 'constant:www'],
    ['--input log --speed 0.5', 'speed', 0.5],
    ['--input log --speed max', 'speed', 'max'],
    ['--events-per-record 10000', 'eventsPerRecord', 10_000],
    ['--partition-by host', 'partitionBy', 'host'],
    ['--windows 1h', 'windows', [3_600_000]],
    ['--windows 2h,1m,1.5h,24h', 'windows', [60_000, 5_400_000, 7_200_000, DAY]],
    ['--windows 7m', 'calibrate', true],
    ['--windows none', 'windows', []],
    ['--windows none', 'calibrate', false],
    ['--batching-windows 0s,5m,10s', 'batchingWindows', [0, 10_000, 300_000]],
    ['--batching-windows none', 'batchingWindows', []],
    ['--max-events 1000000000', 'maxEvents', 1_000_000_000],
    ['--repeat 20', 'repeat', 20],
    ['--reads final', 'reads', 'final'],
    ['--freshness-value 2.5', 'freshnessValue', 2.5],
    ['--database shared', 'database', 'shared'],
    ['--prices prices.json', 'prices', 'prices.json'],
    ['--input log --repeat 2', 'repeat', 2],
    ['--chaos kill=5', 'chaos', { kills: 5 }],
    ['--keep', 'keep', true],
    ['--out reports/today', 'out', 'reports/today'],
    ['--verbose', 'verbose', true],
  ])('reads %s', (text, option, value) => {
    expect(parseOptions(text.split(' '))).toMatchObject({ [option]: value });
  });

  it.each<[text: string, calibrate: boolean]>([
    ['', true],
    ['--windows none', false],
    ['--batching-windows none', true],
  ])('fits the model beside a replay, and drains no window of other keys, with %j', (text, calibrate) => {
    const args = ['--input', 'log', ...text.split(' ').filter(Boolean)];
    expect(parseOptions(args)).toMatchObject({ windows: [], batchingWindows: [], calibrate });
  });

  it('changes nothing but what is said', () => {
    expect(parseOptions(['--rate=10', '--late', 'drop'])).toEqual({ ...DEFAULTS, rate: 10, late: 'drop' });
  });
});

const A_DURATION = 'expected a number with ms, s, m, h or d, from';

describe('what parseOptions refuses', () => {
  it.each<[flag: string, wrong: string[], expected: string]>([
    ['--target', ['azure', ''], 'expected one of embedded, localstack, aws'],
    ['--stack', ['', '1st', 'a_b', 'x'.repeat(129)], 'expected a letter, then up to 127 letters, digits or dashes'],
    ['--kinesis-port', ['-1', '65536', '80.5', 'x'], 'expected a whole number from 0 to 65535'],
    ['--lambda-port', ['-1', '65536'], 'expected a whole number from 0 to 65535'],
    ['--window', ['0s', '999ms', '25h', '5', 'x'], `${A_DURATION} 1s to 1d`],
    ['--window', ['1.5s'], 'expected whole seconds'],
    ['--bound', ['25h', '-1s'], `${A_DURATION} 0ms to 1d`],
    ['--margin', ['61m'], `${A_DURATION} 0ms to 1h`],
    ['--max-future-skew', ['2d'], `${A_DURATION} 0ms to 1d`],
    ['--idle-timeout', ['0s', '2d'], `${A_DURATION} 1s to 1d`],
    ['--late', ['ignore', 'Drop'], 'expected one of count, drop'],
    ['--windows', ['30s', '25h', '5', 'x', '-1m'], `${A_DURATION} 1m to 1d`],
    ['--windows', ['90s', '1.0001m'], 'expected whole minutes'],
    [
      '--windows',
      ['', ',', '1m,', '1m,,5m', 'none,1m', '1m,none'],
      'expected durations with commas between them, or none alone',
    ],
    ['--windows', ['1m,5m,1m'], 'expected each duration once, found 1m twice'],
    ['--windows', ['60m,1m,1h'], 'expected each duration once, found 1h and 60m, which are the same'],
    ['--batching-windows', ['301s', '-1s', '1'], `${A_DURATION} 0ms to 5m`],
    ['--batching-windows', ['500ms'], 'expected whole seconds'],
    ['--batching-windows', ['0s,0ms'], 'expected each duration once, found 0ms and 0s, which are the same'],
    ['--max-events', ['0', '1000000001', '1.5', '2M'], 'expected a whole number from 1 to 1000000000'],
    ['--repeat', ['0', '21', '1.5'], 'expected a whole number from 1 to 20'],
    ['--reads', ['all'], 'expected one of partial, final'],
    ['--freshness-value', ['-1'], 'expected a number from 0 to 1000000000'],
    ['--database', ['aurora'], 'expected one of auto-pause, always-on, shared'],
    ['--shards', ['0', '65', '1.5'], 'expected a whole number from 1 to 64'],
    ['--batch-size', ['0', '10001'], 'expected a whole number from 1 to 10000'],
    ['--batching-window', ['301s'], `${A_DURATION} 0ms to 5m`],
    ['--batching-window', ['500ms'], 'expected whole seconds'],
    ['--rate', ['0', '0.5', '100001', '-1', 'NaN', 'Infinity', '', ' '], 'expected a number from 1 to 100000'],
    ['--duration', ['0s', '2d'], `${A_DURATION} 1s to 1d`],
    ['--hosts', ['0', '10000001', '2.5'], 'expected a whole number from 1 to 10000000'],
    ['--referrers', ['0', '10000001'], 'expected a whole number from 1 to 10000000'],
    ['--host-skew', ['-1', '5.1'], 'expected a number from 0 to 5'],
    ['--referrer-skew', ['-1', '5.1'], 'expected a number from 0 to 5'],
    ['--null-referrers', ['-0.1', '1.1', '30%'], 'expected a number from 0 to 1'],
    ['--out-of-order', ['-0.1', '1.1'], 'expected a number from 0 to 1'],
    ['--out-of-order-by', ['2d'], `${A_DURATION} 0ms to 1d`],
    ['--late-share', ['-0.1', '1.1'], 'expected a number from 0 to 1'],
    ['--malformed', ['-0.1', '1.1'], 'expected a number from 0 to 1'],
    ['--seed', ['-1', '2147483648', '0.5'], 'expected a whole number from 0 to 2147483647'],
    [
      '--event-start',
      ['today', '2026', '2026-02-30T00:00:00Z', '9999-01-01T00:00:00Z'],
      'expected a past time in ISO 8601, such as 2026-01-01T00:00:00Z',
    ],
    ['--events-per-record', ['0', '10001'], 'expected a whole number from 1 to 10000'],
    ['--partition-by', ['ip'], 'expected one of host, random'],
    ['--chaos', ['5', 'kill=', 'kill=-1', 'kill=12345', 'stop=1'], 'expected kill=N, such as kill=5'],
  ])('refuses %s %j in one line that says what is expected', (flag, wrong, expected) => {
    for (const value of wrong) {
      expect(() => parseOptions([flag, value])).toThrow(
        new UsageError(`Invalid ${flag} '${value}': ${expected}; see --help`),
      );
    }
  });

  it.each([
    ['--format', 'xml', "Invalid --format 'xml': expected auto, combined, vhost_combined, ndjson"],
    ['--host-field', 'url', "Invalid --host-field 'url': expected ip, path or constant:NAME"],
    ['--host-field', 'constant:', "Invalid --host-field 'constant:': expected ip, path or constant:NAME"],
    ...['-1', 'NaN', 'Infinity', '1e10'].map((speed): [string, string, string] => [
      '--speed',
      speed,
      `Invalid --speed '${speed}': expected max or a number above 0, such as 60; see --help`,
    ]),
    ['--speed', '0', "Invalid --speed '0': expected max or a number above 0, such as 60; see --help"],
    ['--speed', '', "Invalid --speed '': expected max or a number above 0, such as 60; see --help"],
    ['--speed', 'fast', "Invalid --speed 'fast': expected max or a number above 0, such as 60; see --help"],
  ])('refuses %s %j for a log', (flag, value, message) => {
    expect(() => parseOptions(['--input', 'log', flag, value])).toThrow(new UsageError(message));
  });

  it.each([
    ['--rate', '10'],
    ['--duration', '5s'],
    ['--hosts', '10'],
    ['--referrers', '10'],
    ['--host-skew', '2'],
    ['--referrer-skew', '2'],
    ['--null-referrers', '0.5'],
    ['--out-of-order', '0.5'],
    ['--out-of-order-by', '1s'],
    ['--late-share', '0.5'],
    ['--malformed', '0.5'],
    ['--event-start', '2026-01-01T00:00:00Z'],
  ])('refuses %s beside --input, which it says nothing about', (flag, value) => {
    expect(() => parseOptions(['--input', 'log', flag, value])).toThrow(
      new UsageError(`${flag} shapes the generated load: leave it out with --input, or leave out --input; see --help`),
    );
  });

  it('names the one duration of a list that is wrong', () => {
    expect(() => parseOptions(['--windows', '1m,90s,5m'])).toThrow(
      new UsageError("Invalid --windows '90s': expected whole minutes; see --help"),
    );
    expect(() => parseOptions(['--batching-windows', '0s,6m'])).toThrow(
      new UsageError(`Invalid --batching-windows '6m': ${A_DURATION} 0ms to 5m; see --help`),
    );
  });

  it.each([
    ['--windows', '1m', 'measures windows of a generated load'],
    ['--batching-windows', '0s,10s', 'measures batching windows with a generated load'],
    ['--max-events', '2000000', 'limits the measurements with a generated load'],
  ])('refuses %s %s beside --input', (flag, value, reason) => {
    expect(() => parseOptions(['--input', 'log', flag, value])).toThrow(
      new UsageError(`${flag} ${reason}: leave it out with --input, or leave out --input; see --help`),
    );
    expect(parseOptions(['--input', 'log', '--windows', 'none', '--batching-windows', 'none'])).not.toBeNull();
  });

  it.each([
    ['--format', 'ndjson'],
    ['--host-field', 'path'],
    ['--speed', '60'],
  ])('refuses %s without --input', (flag, value) => {
    expect(() => parseOptions([flag, value])).toThrow(
      new UsageError(`${flag} is about a log: name one with --input, or leave out ${flag}; see --help`),
    );
  });

  it.each([
    ['localstack', ['--kinesis-port', '4567'], '--kinesis-port sets the port of an embedded service'],
    ['aws', ['--lambda-port', '0'], '--lambda-port sets the port of an embedded service'],
    [
      'localstack',
      ['--chaos', 'kill=5'],
      '--chaos kills execution environments, which only the embedded runtime can do',
    ],
    ['aws', ['--chaos', 'kill=0'], '--chaos kills execution environments, which only the embedded runtime can do'],
  ])('refuses on %s %j, which it cannot heed', (target, option, reason) => {
    const [flag] = option;
    expect(() => parseOptions(['--target', target, ...option])).toThrow(
      new UsageError(`${reason}: use --target embedded, or leave out ${flag}; see --help`),
    );
    expect(parseOptions(option)).not.toBeNull();
  });

  it('refuses to name a stack on the embedded target, which runs one of its own', () => {
    expect(() => parseOptions(['--stack', 'Clicks'])).toThrow(
      new UsageError(
        '--stack names a deployed stack: use --target localstack or aws, or leave out --stack; see --help',
      ),
    );
  });

  it('refuses shares that add up to more than every line', () => {
    expect(() => parseOptions(['--out-of-order', '0.5', '--late-share', '0.4', '--malformed', '0.2'])).toThrow(
      new UsageError(
        '--out-of-order 0.5, --late-share 0.4 and --malformed 0.2 add up to 1.1: expected 1 at most; see --help',
      ),
    );
    expect(parseOptions(['--out-of-order', '0.7', '--late-share', '0.2', '--malformed', '0.1'])).not.toBeNull();
  });

  it.each([
    [['--bogus'], "Unknown option '--bogus'; see --help"],
    [['--windw', '5s'], "Unknown option '--windw' (perhaps --window); see --help"],
    [['-x'], "Unknown option '-x'; see --help"],
    [['5m'], "Unexpected argument '5m': expected options, after 'npm run bench --'; see --help"],
    [['--keep', 'yes'], "Unexpected argument 'yes': expected options, after 'npm run bench --'; see --help"],
    [['--rate'], 'Missing value of --rate: expected <events/s>; see --help'],
    [['--input'], 'Missing value of --input: expected <file>; see --help'],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(new UsageError(message));
  });
});

const PROJECT = fileURLToPath(new URL('../../../../../', import.meta.url));

/** Every option with its unit, and its default or where the default comes from. */
const OPTIONS: [flags: string, standard: string][] = [
  ['--target <name>', 'default: "embedded"'],
  ['--stack <name>', 'default: "Tidemark"'],
  ['--yes', 'default: false'],
  ['--kinesis-port <port>', 'default: 0'],
  ['--lambda-port <port>', 'default: 0'],
  ['--window <duration>', 'default: 5s'],
  ['--bound <duration>', 'default: 2s'],
  ['--margin <duration>', 'default: 2s'],
  ['--max-future-skew <duration>', 'default: 5m'],
  ['--idle-timeout <duration>', 'default: 10s'],
  ['--late <policy>', 'default: "count"'],
  ['--windows <list>', 'default: 1m,5m'],
  ['--batching-windows <list>', 'default: none'],
  ['--max-events <number>', 'default: 2000000'],
  ['--repeat <number>', 'default: 1'],
  ['--reads <what>', 'default: "partial"'],
  ['--freshness-value <USD>', 'default: 0'],
  ['--database <regime>', 'default: "auto-pause"'],
  ['--prices <file>', 'default: the built-in one'],
  ['--shards <number>', 'default: 2'],
  ['--batch-size <records>', 'default: as deployed'],
  ['--batching-window <duration>', 'default: as deployed'],
  ['--rate <events/s>', 'default: 500'],
  ['--duration <duration>', 'default: 60s'],
  ['--hosts <number>', 'default: 200'],
  ['--referrers <number>', 'default: 50'],
  ['--host-skew <exponent>', 'default: 1'],
  ['--referrer-skew <exponent>', 'default: 1'],
  ['--null-referrers <share>', 'default: 0.3'],
  ['--out-of-order <share>', 'default: 0.3'],
  ['--out-of-order-by <duration>', 'default: the bound'],
  ['--late-share <share>', 'default: 0'],
  ['--malformed <share>', 'default: 0'],
  ['--seed <number>', 'default: 1'],
  ['--event-start <time>', 'default: now'],
  ['--input <file>', 'log file to replay'],
  ['--format <name>', 'default: auto'],
  ['--host-field <field>', 'default: ip'],
  ['--speed <factor>', 'default: max'],
  ['--events-per-record <number>', 'default: 1'],
  ['--partition-by <what>', 'default: "random"'],
  ['--chaos <faults>', 'default: kill=0'],
  ['--keep', 'default: false'],
  ['--out <folder>', 'default: a new folder in out/'],
  ['--verbose', 'default: false'],
];

/** The help's entries, each on one line however it was wrapped. */
function entriesOf(help: string): string[] {
  return help
    .replaceAll(/\n {20,}/g, ' ')
    .split('\n')
    .flatMap((line) => (/^ {2}-/.test(line) ? [line.trim()] : []));
}

describe('the help of the benchmark', () => {
  it.each(['--help', '-h'])('lists every option with unit and default, on %s', (flag) => {
    let help = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      help += text;
      return true;
    });
    onTestFinished(() => write.mockRestore());

    expect(parseOptions([flag])).toBeNull();

    const entries = entriesOf(help);
    for (const [flags, standard] of OPTIONS) {
      expect(entries.find((entry) => entry.startsWith(`${flags}  `))).toContain(standard);
    }
    expect(entries).toHaveLength(OPTIONS.length + 1); // and --help itself
    expect(help).toContain('DATABASE_URL');
    expect(help).toContain('Exit codes: 0 both paths exact · 1 not exact, or the run failed · 2 wrong use');
  });

  it('is all that the command prints, and no error', async () => {
    const run = promisify(execFile); // rejects unless the command exits with 0
    const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', 'scripts/benchmark.ts', '--help'], {
      cwd: PROJECT,
    });
    expect(stdout).toMatch(/^Usage: npm run bench -- /);
    expect(stderr).toBe('');
  });
});
