import { Command, Option } from 'commander';
import { OPTION_RANGES } from '#bench/benchmark-options.ts';
import { type Deployment, defaultDeployment, PATHS_CHOICES, type Paths, type Regime } from '#model/deployment.ts';
import { GENERATED_KEYS, GENERATED_LOAD, SHARD_LOAD, shardsNeeded, type Workload } from '#model/workload/workload.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#text/duration.ts';
import { duration, number, seconds, verbose, whole } from '../options/values.ts';
import { databaseOption } from '../options/verdict-options.ts';
import { parseCommand } from '../parse-command.ts';

/** The options of the command. Durations in ms. */
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

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseCostOptions(args: readonly string[]): CostOptions | null {
  return parseCommand<CostOptions>(createCostCommand(), args);
}

/** Every option with its unit and default, in the order of --help. */
function createCostCommand(): Command {
  const load = GENERATED_LOAD;
  const stack = defaultDeployment('both');
  const command = new Command('npm run monthly-cost --').description(
    'What a deployed stack costs in a month, term by term, idle and under load, and how to make it cheaper.',
  );

  command
    .optionsGroup('Load')
    .addOption(number('--rate <events/s>', 'events per second; 0: no load', [0, 1_000_000], load.eventsPerSecond))
    .addOption(whole('--event-bytes <bytes>', 'size of an event, bytes', [1, 1_000_000], load.eventBytes))
    .addOption(
      whole(
        '--events-per-record <number>',
        'most events in a record, which holds up to 25 KB',
        OPTION_RANGES.eventsPerRecord,
        load.eventsPerRecord,
      ),
    )
    .addOption(duration('--linger <duration>', 'how long a record waits for more events', [0, MINUTE_MS], '100ms'))
    .addOption(
      whole(
        '--partition-keys <number>',
        'partition keys; only events with the same key share a record',
        [1, 100_000],
        load.partitionKeys,
      ),
    )
    .addOption(whole('--hosts <number>', 'number of distinct hosts', OPTION_RANGES.hosts, GENERATED_KEYS.hosts))
    .addOption(
      whole('--referrers <number>', 'number of distinct referrers', OPTION_RANGES.referrers, GENERATED_KEYS.referrers),
    );

  command
    .optionsGroup('Stack')
    .addOption(new Option('--paths <choice>', 'deployed paths').choices([...PATHS_CHOICES]).default(stack.paths))
    .addOption(seconds('--window <duration>', 'size of the window, whole seconds', [MINUTE_MS, DAY_MS], '5m'))
    .addOption(whole('--shards <number>', 'shards of the stream; default: enough to fill each by half', [1, 10_000]))
    .addOption(
      seconds(
        '--batching-window <duration>',
        'how long the mapping waits for a micro-batch to fill, whole seconds',
        OPTION_RANGES.batchingWindow,
        '0s',
      ),
    )
    .addOption(
      whole('--batch-size <records>', 'most records in a micro-batch', OPTION_RANGES.batchSize, stack.batchSize),
    )
    .addOption(whole('--memory <MB>', 'memory of each counting function, MB', [256, 10_240], stack.memoryMb))
    .addOption(
      whole('--endpoint-zones <number>', 'availability zones with a Kinesis endpoint; default: as deployed', [0, 6]),
    );

  command
    .optionsGroup('Database')
    .addOption(databaseOption().default(stack.regime))
    .addOption(number('--acu <number>', 'least capacity while it is awake, ACU', [0.5, 256], stack.acuAwake))
    .addOption(
      seconds(
        '--auto-pause <duration>',
        'idle time after which it pauses, whole seconds',
        [5 * MINUTE_MS, DAY_MS],
        '5m',
      ),
    )
    .addOption(
      number('--read-hours <hours>', 'hours a day in which readers keep it awake', [0, 24], stack.readHoursPerDay),
    )
    .addOption(
      number('--months-kept <months>', 'months for which counts and ledger are kept', [0, 1_200], stack.monthsKept),
    );

  return command
    .optionsGroup('Output')
    .addOption(
      new Option(
        '--prices <file>',
        'price table in JSON, in the form that --print-prices prints; default: the built-in one',
      ),
    )
    .addOption(
      new Option('--print-prices', 'only print the price table in JSON, with source, date and grade').default(false),
    )
    .addOption(new Option('--json', 'print JSON: every term, every assumption').default(false))
    .addOption(verbose());
}

export function readWorkload(options: CostOptions): Workload {
  return {
    ...GENERATED_LOAD,
    eventsPerSecond: options.rate,
    eventBytes: options.eventBytes,
    eventsPerRecord: options.eventsPerRecord,
    lingerSeconds: options.linger / SECOND_MS,
    partitionKeys: options.partitionKeys,
    keys: { ...GENERATED_KEYS, hosts: options.hosts, referrers: options.referrers },
  };
}

export function readDeployment(options: CostOptions, workload: Workload): Deployment {
  const standard = defaultDeployment(options.paths);
  return {
    ...standard,
    windowSeconds: options.window / SECOND_MS,
    shards: options.shards ?? shardsNeeded(workload, SHARD_LOAD),
    batchingWindowSeconds: options.batchingWindow / SECOND_MS,
    batchSize: options.batchSize,
    memoryMb: options.memory,
    endpointZones: options.endpointZones ?? standard.endpointZones,
    regime: options.database,
    acuAwake: options.acu,
    autoPauseSeconds: options.autoPause / SECOND_MS,
    readHoursPerDay: options.readHours,
    monthsKept: options.monthsKept,
  };
}
