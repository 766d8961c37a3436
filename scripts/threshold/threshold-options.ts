import type { Command } from 'commander';
import type { VerdictOptions } from '#bench/benchmark-options.ts';
import { UsageError } from '#text/usage-error.ts';
import { parseCommand } from '../options/parse-command.ts';
import { createThresholdCommand } from './command.ts';

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
