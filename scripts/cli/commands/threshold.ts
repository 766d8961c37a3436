import { Command, Option } from 'commander';
import { OPTION_RANGES, type VerdictOptions } from '#bench/benchmark-options.ts';
import type { GivenSpark } from '#model/verdict/engines/test-rule.ts';
import { SCENARIO_RANGES, type Scenario } from '#model/verdict/scenario.ts';
import { withHosts } from '#model/workload/keys.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#text/duration.ts';
import { UsageError } from '#text/usage-error.ts';
import { duration, durations, number, seconds, verbose, whole } from '../options/values.ts';
import { verdictOptions } from '../options/verdict-options.ts';
import { givenOptions, parseCommand } from '../parse-command.ts';

const MOST_LISTED = 30;

/** The options on the command line; one that is missing leaves its value as in the report. Durations in ms. */
export type ThresholdOptions = Partial<VerdictOptions> & {
  report: string;
  rate?: number;
  hosts?: number;
  eventBytes?: number;
  eventsPerRecord?: number;
  windows?: number[];
  batchingWindows?: number[];
  bound?: number;
  memory?: number;
  acu?: number;
  autoPause?: number;
  readHours?: number;
  sparkStart?: number;
  billingMinimum?: number;
  against?: string;
  json: boolean;
};

/** The options that don't change a scenario. All others are refused with --against. */
const OF_NO_SCENARIO: ReadonlySet<string> = new Set(['--report', '--against', '--json', '--verbose']);

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseThresholdOptions(args: readonly string[]): ThresholdOptions | null {
  const command = createThresholdCommand();
  const options = parseCommand<ThresholdOptions>(command, args);
  if (options === null) return null;
  if (options.report === undefined) {
    throw new UsageError('Missing --report: expected a report.json as npm run bench writes it; see --help');
  }
  refuseScenarioBesideComparison(command, options);
  return options;
}

function refuseScenarioBesideComparison(command: Command, { against }: ThresholdOptions): void {
  if (against === undefined) return;
  const flag = givenOptions(command).find(({ long }) => !OF_NO_SCENARIO.has(long ?? ''))?.long;
  if (flag === undefined) return;
  throw new UsageError(
    `${flag} shapes a verdict, --against predicts what the other report measured: leave out one of them; see --help`,
  );
}

/** Every option with its unit and default, in the order of --help. */
export function createThresholdCommand(): Command {
  const [leastWindow, mostWindow] = SCENARIO_RANGES.windowSeconds;
  const command = new Command('npm run threshold --')
    .description("Stream or batch, and from which window size on? Answers from a report's measurements, for any load.")
    .addOption(new Option('--report <file>', 'report.json of a benchmark; its model and scenario are used; required'));

  command
    .optionsGroup('Load; default: as in the report')
    .addOption(number('--rate <events/s>', 'events per second', SCENARIO_RANGES.eventsPerSecond))
    .addOption(whole('--hosts <number>', 'number of distinct hosts', SCENARIO_RANGES.hosts))
    .addOption(whole('--event-bytes <bytes>', 'size of an event, bytes', [1, 1_000_000]))
    .addOption(
      whole(
        '--events-per-record <number>',
        'most events in a record, which holds up to 25 KB',
        OPTION_RANGES.eventsPerRecord,
      ),
    );

  command
    .optionsGroup('Settings to judge; default: as in the report')
    .addOption(
      durations('--windows <list>', 'window sizes, such as 5m,1h', [leastWindow * SECOND_MS, mostWindow * SECOND_MS], {
        step: 'whole seconds',
        mostCount: MOST_LISTED,
      }),
    )
    .addOption(
      durations(
        '--batching-windows <list>',
        'batching windows that streaming may use, such as 0s,10s',
        OPTION_RANGES.batchingWindows,
        { step: 'whole seconds', mostCount: MOST_LISTED },
      ),
    )
    .addOption(
      seconds(
        '--bound <duration>',
        'how far out of order events may come: a window closes this long after its end, whole seconds',
        OPTION_RANGES.bound,
      ),
    );

  command.optionsGroup('Readers, prices and the stack; default: as in the report');
  for (const option of verdictOptions('as in the report')) command.addOption(option);
  command
    .addOption(number('--acu <number>', 'least capacity of the database while it is awake, ACU', [0.5, 256]))
    .addOption(
      seconds('--auto-pause <duration>', 'idle time after which the database pauses, whole seconds', [
        5 * MINUTE_MS,
        DAY_MS,
      ]),
    )
    .addOption(number('--read-hours <hours>', 'hours a day in which readers keep the database awake', [0, 24]))
    .addOption(whole('--memory <MB>', 'memory of each counting function, MB', [256, 10_240]));

  command
    .optionsGroup('Test of the rule "batch from about 1 hour on": a further row for Spark on EMR and Glue')
    .addOption(
      duration('--spark-start <duration>', 'how long Spark takes to start; default: as assumed', [0, 60 * MINUTE_MS]),
    )
    .addOption(
      duration('--billing-minimum <duration>', 'shortest time that a run is billed for; default: as assumed', [
        0,
        60 * MINUTE_MS,
      ]),
    );

  return command
    .optionsGroup('Output')
    .addOption(
      new Option(
        '--against <file>',
        "another report.json: predict its measurements with this report's model, and show both side by side",
      ),
    )
    .addOption(new Option('--json', 'print JSON: verdict, scenario, sensitivity, model').default(false))
    .addOption(verbose())
    .addHelpText('after', "\nExit codes: 0 answered · 2 wrong use, or a report that can't be used");
}

/** The report's scenario, changed by the options that were given. */
export function changeScenario(scenario: Scenario, options: Omit<ThresholdOptions, 'report' | 'json'>): Scenario {
  const { workload, deployment } = scenario;
  const { rate, hosts, eventBytes, eventsPerRecord, bound, memory, acu, autoPause, readHours } = options;
  return {
    ...scenario,
    workload: {
      ...workload,
      eventsPerSecond: rate ?? workload.eventsPerSecond,
      eventBytes: eventBytes ?? workload.eventBytes,
      eventsPerRecord: eventsPerRecord ?? workload.eventsPerRecord,
      keys: hosts === undefined ? workload.keys : withHosts(workload.keys, hosts),
    },
    deployment: {
      ...deployment,
      regime: options.database ?? deployment.regime,
      boundSeconds: toSeconds(bound) ?? deployment.boundSeconds,
      memoryMb: memory ?? deployment.memoryMb,
      acuAwake: acu ?? deployment.acuAwake,
      autoPauseSeconds: toSeconds(autoPause) ?? deployment.autoPauseSeconds,
      readHoursPerDay: readHours ?? deployment.readHoursPerDay,
    },
    reader: options.reads ?? scenario.reader,
    freshnessUsd: options.freshnessValue ?? scenario.freshnessUsd,
    windowsSeconds: options.windows?.map((ms) => ms / SECOND_MS) ?? scenario.windowsSeconds,
    batchingWindowsSeconds: options.batchingWindows?.map((ms) => ms / SECOND_MS) ?? scenario.batchingWindowsSeconds,
  };
}

/** The given assumptions about Spark, which are no part of a scenario. */
export function sparkOf({
  sparkStart,
  billingMinimum,
}: Pick<ThresholdOptions, 'sparkStart' | 'billingMinimum'>): GivenSpark {
  return {
    ...(sparkStart === undefined ? {} : { startUpSeconds: sparkStart / SECOND_MS }),
    ...(billingMinimum === undefined ? {} : { billingMinimumSeconds: billingMinimum / SECOND_MS }),
  };
}

function toSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / SECOND_MS;
}
