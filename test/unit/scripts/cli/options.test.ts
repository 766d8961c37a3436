import { describe, expect, it } from 'vitest';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';

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
