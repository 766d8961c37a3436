import { Command, InvalidArgumentError, Option } from 'commander';
import { OPTION_RANGES, type VerdictOptions } from '#bench/benchmark-options.ts';
import { SCENARIO_RANGES } from '#model/verdict/scenario-ranges.ts';
import { UsageError } from '#text/usage-error.ts';
import { parseDurations } from '../options/durations.ts';
import { duration, number, whole } from '../options/values.ts';
import { AS_IN_REPORT, verdictOptions } from '../options/verdict-options.ts';
import { parseCommand } from '../parse-command.ts';

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const [LEAST_WINDOW, MOST_WINDOW] = SCENARIO_RANGES.windowSeconds;
const MOST_LISTED = 30;

/** What the command line says; what it doesn't say stays as in the report. Durations in ms. */
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

/** The options that have nothing to do with a scenario; all others a comparison with another report's measurements has no use for. */
const OF_NO_SCENARIO: ReadonlySet<string> = new Set<keyof ThresholdOptions | 'verbose'>([
  'report',
  'against',
  'json',
  'verbose',
]);

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseThresholdOptions(args: readonly string[]): ThresholdOptions | null {
  const command = createThresholdCommand();
  const options = parseCommand<ThresholdOptions>(command, args);
  if (options === null) return null;
  const [excess] = command.args;
  if (excess !== undefined) {
    throw new UsageError(`Unexpected argument '${excess}': expected options, after 'npm run threshold --'; see --help`);
  }
  if (options.report === undefined) {
    throw new UsageError('Missing --report: expected a report.json as npm run bench writes it; see --help');
  }
  refuseScenarioBesideComparison(command, options);
  return options;
}

function refuseScenarioBesideComparison(command: Command, { against }: ThresholdOptions): void {
  if (against === undefined) return;
  const flag = command.options.find((option) => {
    const name = option.attributeName();
    return !OF_NO_SCENARIO.has(name) && command.getOptionValueSource(name) === 'cli';
  })?.long;
  if (flag === undefined) return;
  throw new UsageError(
    `${flag} shapes a verdict, --against predicts what the other report measured: leave out one of them; see --help`,
  );
}

/** The options, each with its unit, its range and its default. */
export function createThresholdCommand(): Command {
  const asInReport = (description: string): string => `${description}; ${AS_IN_REPORT}`;
  const command = new Command('npm run threshold --')
    .description(
      "Stream or batch, and from which window on: with a finished report's measurements, for any other load.",
    )
    .allowExcessArguments()
    .configureHelp({ helpWidth: 110 })
    .addOption(new Option('--report <file>', 'the report.json whose model and scenario it starts from; required'));

  command
    .optionsGroup('Load')
    .addOption(number('--rate <events/s>', asInReport('events per second'), ...SCENARIO_RANGES.eventsPerSecond))
    .addOption(whole('--hosts <number>', asInReport('distinct hosts'), ...SCENARIO_RANGES.hosts))
    .addOption(whole('--event-bytes <bytes>', asInReport('size of an event'), 1, 1_000_000))
    .addOption(whole('--events-per-record <number>', asInReport('events in a record at most, in 25 KB'), 1, 10_000));

  command
    .optionsGroup('What is judged')
    .addOption(
      listed('--windows <list>', asInReport('windows, such as 5m,1h'), LEAST_WINDOW * SECOND, MOST_WINDOW * SECOND),
    )
    .addOption(
      listed(
        '--batching-windows <list>',
        asInReport('settings of streaming to choose among, such as 0s,10s'),
        ...OPTION_RANGES.batchingWindows,
      ),
    )
    .addOption(
      duration('--bound <duration>', asInReport('how far events may be out of order'), undefined, 0, DAY, true),
    );

  command.optionsGroup('Who it is for, and on which database');
  for (const option of verdictOptions('as in the report')) command.addOption(option);
  command
    .addOption(number('--acu <number>', asInReport('ACU while awake, at least'), 0.5, 256))
    .addOption(
      duration(
        '--auto-pause <duration>',
        asInReport('how long it waits before it pauses'),
        undefined,
        300 * SECOND,
        DAY,
        true,
      ),
    )
    .addOption(number('--read-hours <hours>', asInReport('hours a day in which somebody reads'), 0, 24))
    .addOption(whole('--memory <MB>', asInReport('memory of each counting function'), 256, 10_240));

  command
    .optionsGroup('The rule "batch from about 1 hour on"')
    .addOption(
      duration(
        '--spark-start <duration>',
        "Spark's start on EMR and Glue, in a row of its own; default: as assumed",
        undefined,
        0,
        HOUR,
      ),
    )
    .addOption(
      duration(
        '--billing-minimum <duration>',
        'billed for a run on either at least, in that row; default: as assumed',
        undefined,
        0,
        HOUR,
      ),
    );

  return command
    .optionsGroup('Output')
    .addOption(
      new Option(
        '--against <file>',
        'another report.json: predicts what it measured, and shows both beside each other',
      ),
    )
    .addOption(new Option('--json', 'print JSON: verdict, scenario, sensitivity, model').default(false))
    .addOption(new Option('--verbose', 'print the stack of an error').default(false))
    .addHelpText('after', '\nExit codes: 0 answered · 2 wrong use, or a report that cannot be used');
}

/** Durations in whole seconds between commas, one at least; read in rising order. */
function listed(flags: string, description: string, leastMs: number, mostMs: number): Option {
  const name = flags.split(' ')[0] as string;
  return new Option(flags, description).argParser((text) => {
    const parts = text.split(',');
    if (parts.some((part) => part === '' || part === 'none')) {
      throw new InvalidArgumentError('expected durations with commas between them, such as 5m,1h');
    }
    if (parts.length > MOST_LISTED) throw new InvalidArgumentError(`expected ${MOST_LISTED} durations at most`);
    return parseDurations(name, text, { range: [leastMs, mostMs], stepMs: SECOND, step: 'whole seconds' });
  });
}
