import { Command, Option } from 'commander';
import { type ChangeLimit, parseChangeLimits } from '#report/compare/change-limit.ts';
import { METRIC_NAMES, METRICS } from '#report/compare/metric.ts';
import { parseCommand } from '../parse-command.ts';

export const FORMATS = ['table', 'markdown', 'json'] as const;

export type CompareOptions = {
  readonly base: string;
  readonly others: readonly string[];
  readonly format: (typeof FORMATS)[number];
  readonly limits: readonly ChangeLimit[];
};

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseCompareOptions(args: readonly string[]): CompareOptions | null {
  const command = new Command('npm run compare --')
    .description('Compares benchmark reports with the first of them: what is worse, better, or within the noise.')
    .argument('<base>', 'report.json to compare with')
    .argument('<others...>', 'one report.json or more')
    .configureHelp({ helpWidth: 110 })
    .addOption(new Option('--format <name>', 'how to print it').choices([...FORMATS]).default('table'))
    .addOption(
      new Option(
        '--fail-on <limits>',
        'exit with 1 where a limit is crossed beyond the noise: freshness.p95=+20%,cost=+5usd,rows=+10%',
      )
        .argParser(parseChangeLimits)
        .default([], 'none'),
    )
    .addOption(new Option('--verbose', 'print the stack of an error').default(false))
    .addHelpText('after', `\n${METRICS_HELP}\n\n${EXIT_CODES}`);
  const options = parseCommand<{ format: CompareOptions['format']; failOn: ChangeLimit[] }>(command, args);
  if (options === null) return null;
  const [base = '', ...others] = command.args;
  return { base, others, format: options.format, limits: options.failOn };
}

const WIDEST = Math.max(...METRIC_NAMES.map((name) => name.length));

const METRICS_HELP = `Metrics:
${METRIC_NAMES.map((name) => `  ${name.padEnd(WIDEST)}  ${METRICS[name].label} (${METRICS[name].unit})`).join('\n')}
A name means both paths; micro-batch.freshness.p95 means one. Metrics of a drain may name it: catch-up.5m. + limits a rise and
- a fall, in % of the base's value or in the metric's unit: %, ms, s, m, h, usd, or a plain number.`;

const EXIT_CODES = `Exit codes: 0 compared · 1 a limit was crossed, or a report is not exact · 2 wrong use, or reports that can't be compared`;
