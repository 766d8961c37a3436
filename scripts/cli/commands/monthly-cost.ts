import { Command, Option } from 'commander';
import { OPTION_RANGES } from '#bench/benchmark-options.ts';
import {
  type Deployment,
  defaultDeployment,
  PATHS_CHOICES,
  type Paths,
  REGIMES,
  type Regime,
} from '#model/deployment.ts';
import { GENERATED_KEYS, GENERATED_LOAD, SHARD_LOAD, shardsNeeded, type Workload } from '#model/workload/workload.ts';
import { duration, number, whole } from '../options/values.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** What the command line says. Durations in ms. */
export type CostOptions = {
  rate: number;
  eventBytes: number;
  eventsPerRecord: number;
  linger: number;
  partitionKeys: number;
  hosts: number;
  referrers: number;
  paths: Paths;
  window: number;
  shards: number | undefined;
  batchingWindow: number;
  batchSize: number;
  memory: number;
  database: Regime;
  acu: number;
  autoPause: number;
  readHours: number;
  monthsKept: number;
  endpointZones: number | undefined;
  prices: string | undefined;
  printPrices: boolean;
  json: boolean;
};

/** Every option of the command with its unit, range and default. */
export function createCostCommand(): Command {
  const load = GENERATED_LOAD;
  const stack = defaultDeployment('both');
  return new Command('npm run monthly-cost --')
    .description('What a deployed stack costs in a month, term by term, idle and under load, and how to make it less.')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .configureHelp({ helpWidth: 110 })
    .optionsGroup('Load')
    .addOption(number('--rate <events/s>', 'events per second; 0: idle', 0, 1_000_000, load.eventsPerSecond))
    .addOption(whole('--event-bytes <bytes>', 'size of an event', 1, 1_000_000, load.eventBytes))
    .addOption(
      whole('--events-per-record <number>', 'events in a record at most, in 25 KB', 1, 10_000, load.eventsPerRecord),
    )
    .addOption(
      duration('--linger <duration>', 'how long an event waits for others in its record', '100ms', 0, 60 * SECOND),
    )
    .addOption(
      whole('--partition-keys <number>', 'keys that packed events are spread over', 1, 100_000, load.partitionKeys),
    )
    .addOption(whole('--hosts <number>', 'distinct hosts', ...OPTION_RANGES.hosts, GENERATED_KEYS.hosts))
    .addOption(
      whole('--referrers <number>', 'distinct referrers', ...OPTION_RANGES.referrers, GENERATED_KEYS.referrers),
    )
    .optionsGroup('What is deployed')
    .addOption(new Option('--paths <choice>', 'which paths').choices([...PATHS_CHOICES]).default(stack.paths))
    .addOption(duration('--window <duration>', 'size of the window, whole seconds', '5m', MINUTE, DAY, true))
    .addOption(whole('--shards <number>', 'shards; default: as many as keep each at half of what it takes', 1, 10_000))
    .addOption(
      duration(
        '--batching-window <duration>',
        'how long the mapping fills a batch',
        '0s',
        ...OPTION_RANGES.batchingWindow,
        true,
      ),
    )
    .addOption(
      whole('--batch-size <records>', 'records per micro-batch at most', ...OPTION_RANGES.batchSize, stack.batchSize),
    )
    .addOption(whole('--memory <MB>', 'memory of each counting function', 256, 10_240, stack.memoryMb))
    .addOption(whole('--endpoint-zones <number>', 'zones with a Kinesis endpoint; default: as deployed', 0, 6))
    .optionsGroup('Database')
    .addOption(new Option('--database <regime>', 'its own or shared').choices([...REGIMES]).default(stack.regime))
    .addOption(number('--acu <number>', 'ACU while awake, at least', 0.5, 256, stack.acuAwake))
    .addOption(duration('--auto-pause <duration>', 'how long it waits before it pauses', '5m', 300 * SECOND, DAY, true))
    .addOption(number('--read-hours <hours>', 'hours a day in which somebody reads', 0, 24, stack.readHoursPerDay))
    .addOption(
      number('--months-kept <months>', 'months of counts and ledger that are kept', 0, 1_200, stack.monthsKept),
    )
    .optionsGroup('Output')
    .addOption(new Option('--prices <file>', 'price table in JSON, instead of the built-in one'))
    .addOption(
      new Option('--print-prices', 'print the price table in JSON, with source, date and grade').default(false),
    )
    .addOption(new Option('--json', 'print JSON: every term, every assumption').default(false))
    .addOption(new Option('--verbose', 'print the stack of an error').default(false));
}

export function readWorkload(options: CostOptions): Workload {
  return {
    ...GENERATED_LOAD,
    eventsPerSecond: options.rate,
    eventBytes: options.eventBytes,
    eventsPerRecord: options.eventsPerRecord,
    lingerSeconds: options.linger / SECOND,
    partitionKeys: options.partitionKeys,
    keys: { ...GENERATED_KEYS, hosts: options.hosts, referrers: options.referrers },
  };
}

export function readDeployment(options: CostOptions, workload: Workload): Deployment {
  const standard = defaultDeployment(options.paths);
  return {
    ...standard,
    windowSeconds: options.window / SECOND,
    shards: options.shards ?? shardsNeeded(workload, SHARD_LOAD),
    batchingWindowSeconds: options.batchingWindow / SECOND,
    batchSize: options.batchSize,
    memoryMb: options.memory,
    endpointZones: options.endpointZones ?? standard.endpointZones,
    regime: options.database,
    acuAwake: options.acu,
    autoPauseSeconds: options.autoPause / SECOND,
    readHoursPerDay: options.readHours,
    monthsKept: options.monthsKept,
  };
}
