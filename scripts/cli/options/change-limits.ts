import { PATH_NAMES } from '#functions/contract.ts';
import type { ChangeLimit } from '#report/compare/limits.ts';
import { METRIC_NAMES, METRICS, type Metric, type MetricName } from '#report/compare/metric.ts';
import { DAY_MS, parseDuration } from '#text/duration.ts';
import { UsageError } from '#text/usage-error.ts';

const LIMIT = /^(?<metric>[a-z0-9.-]+)=(?<sign>[+-])(?<number>\d{1,12}(?:\.\d{1,9})?)(?<unit>%|ms|s|m|h|usd)?$/;
const METRIC = /^(?:(?<path>micro-batch|scheduled-batch)\.)?(?<name>.+?)(?:\.(?<window>\d+(?:ms|s|m|h|d)))?$/;
const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3_600 } as const;

/**
 * Reads `freshness.p95=+20%,cost=+5usd`.
 *
 * @throws UsageError in one line that lists the metrics
 */
export function parseChangeLimits(text: string): ChangeLimit[] {
  return text.split(',').map((each) => parseChangeLimit(each.trim()));
}

function parseChangeLimit(text: string): ChangeLimit {
  const match = LIMIT.exec(text)?.groups;
  const key = METRIC.exec(match?.metric ?? '')?.groups;
  if (match === undefined || key === undefined) throw refuse(text, 'expected such as freshness.p95=+20% or cost=+5usd');
  const name = METRIC_NAMES.find((each) => each === key.name);
  if (key.name === 'exact') throw refuse(text, 'a report that is not exact fails without a limit');
  if (name === undefined) throw refuse(text, `there is no metric '${key.name}'`);
  const path = PATH_NAMES.find((each) => each === key.path) ?? null;
  const metric: Metric = METRICS[name];
  if (path !== null && metric.paths?.includes(path) !== true) throw refuse(text, `the ${path} path has no ${name}`);
  if (key.window !== undefined && !metric.byDrain) throw refuse(text, `${name} is not of a drain`);
  const windowMs =
    key.window === undefined ? null : parseDuration('--fail-on', key.window, { leastMs: 1_000, mostMs: DAY_MS });
  const direction = match.sign === '+' ? 'up' : 'down';
  checkDirection(text, name, metric, direction);
  return { text, name, path, windowMs, direction, most: parseMost(text, metric, Number(match.number), match.unit) };
}

/** A limit on an improvement is a typing error. */
function checkDirection(
  text: string,
  name: MetricName,
  { polarity }: Metric,
  direction: ChangeLimit['direction'],
): void {
  if (polarity === 'lower is better' && direction === 'down')
    throw refuse(text, `lower is better for ${name}: expected +`);
  if (polarity === 'higher is better' && direction === 'up')
    throw refuse(text, `higher is better for ${name}: expected -`);
}

function parseMost(text: string, { unit }: Metric, number: number, suffix: string | undefined): ChangeLimit['most'] {
  if (suffix === '%') return { share: number / 100 };
  if (unit === 'ms' || unit === 's') {
    if (suffix === undefined || suffix === 'usd') throw refuse(text, 'expected a limit in %, ms, s, m or h');
    return { amount: number * SECONDS[suffix as keyof typeof SECONDS] * (unit === 'ms' ? 1_000 : 1) };
  }
  const expected = unit === 'USD a month' ? 'usd' : unit === 'ms per 1,000 events' ? 'ms' : undefined;
  if (suffix !== expected) throw refuse(text, `expected a limit in % or ${expected ?? 'a plain number'} (${unit})`);
  return { amount: number };
}

function refuse(text: string, why: string): UsageError {
  return new UsageError(`Invalid --fail-on '${text}': ${why}; known metrics: ${METRIC_NAMES.join(', ')}; see --help`);
}
