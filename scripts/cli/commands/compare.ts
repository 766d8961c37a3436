import { Command, Option } from 'commander';
import type { ChangeLimit } from '#report/compare/limits.ts';
import { METRIC_NAMES, METRICS } from '#report/compare/metric.ts';
import { FORMAT_NAMES, type Format } from '#report/compare/render.ts';
import { parseChangeLimits } from '../options/change-limits.ts';
import { verbose } from '../options/values.ts';
import { parseCommand } from '../parse-command.ts';

export type CompareOptions = {
  readonly base: string;
  readonly others: readonly string[];
  readonly format: Format;
  readonly limits: readonly ChangeLimit[];
};

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseCompareOptions(args: readonly string[]): CompareOptions | null {
  const command = new Command('npm run compare --')
    .description(
      'Compares reports with the first one: which figures are better, worse, or within the noise between runs.',
    )
    .argument('<base>', 'the report.json that the others are compared with')
    .argument('<others...>', 'one or more report.json')
    .addOption(new Option('--format <name>', 'output format').choices([...FORMAT_NAMES]).default('table'))
    .addOption(
      new Option(
        '--fail-on <limits>',
        'exit with 1 if a metric changes by more than its limit and the noise, such as freshness.p95=+20%,cost=+5usd',
      )
        .argParser(parseChangeLimits)
        .default([], 'none'),
    )
    .addOption(verbose())
    .addHelpText('after', `\n${METRICS_HELP}\n\n${EXIT_CODES}`);
  const options = parseCommand<{ format: Format; failOn: ChangeLimit[] }>(command, args);
  if (options === null) return null;
  const [base = '', ...others] = command.args;
  return { base, others, format: options.format, limits: options.failOn };
}

const WIDEST = Math.max(...METRIC_NAMES.map((name) => name.length));

const METRICS_HELP = `Metrics:
${METRIC_NAMES.map((name) => `  ${name.padEnd(WIDEST)}  ${METRICS[name].label} (${METRICS[name].unit})`).join('\n')}

A limit is a metric, + for a rise or - for a fall, and a number with a unit: % of the first report's value, or ms, s, m, h,
usd, or nothing for a plain number. A metric means both paths; micro-batch.freshness.p95 means one path. A metric of a drain
may name its window: catch-up.5m.`;

const EXIT_CODES = `Exit codes: 0 compared · 1 a limit was crossed, or a report is not exact · 2 wrong use, or reports that can't be compared`;
