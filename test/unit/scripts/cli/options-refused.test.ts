import { describe, expect, it } from 'vitest';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { UsageError } from '#text/usage-error.ts';

const A_DURATION = 'expected a number with ms, s, m, h or d, from';

describe('parseOptions', () => {
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
    ['--windows', ['1m,5m,1m'], '1m is there twice: expected each once'],
    ['--windows', ['60m,1m,1h'], '1h is 60m, which is there too: expected each once'],
    ['--batching-windows', ['301s', '-1s', '1'], `${A_DURATION} 0ms to 5m`],
    ['--batching-windows', ['500ms'], 'expected whole seconds'],
    ['--batching-windows', ['0s,0ms'], '0ms is 0s, which is there too: expected each once'],
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
    ['--max-events', '2000000', 'limits what is measured with a generated load'],
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
    ['localstack', ['--kinesis-port', '4567'], '--kinesis-port says where an embedded service listens'],
    ['aws', ['--lambda-port', '0'], '--lambda-port says where an embedded service listens'],
    [
      'localstack',
      ['--chaos', 'kill=5'],
      '--chaos needs a runtime that can kill environments, which only the embedded one can',
    ],
    [
      'aws',
      ['--chaos', 'kill=0'],
      '--chaos needs a runtime that can kill environments, which only the embedded one can',
    ],
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
        '--stack names a stack that is deployed: use --target localstack or aws, or leave out --stack; see --help',
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
