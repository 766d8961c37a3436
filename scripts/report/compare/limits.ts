import type { PathName } from '#functions/contract.ts';
import { UsageError } from '#text/usage-error.ts';
import { type Compared, type Comparison, isReal } from './compare-reports.ts';
import { METRIC_NAMES, METRICS, type MetricName } from './metric.ts';
import type { Direction } from './noise.ts';

/** One limit of `--fail-on`, such as `freshness.p95=+20%`. */
export type ChangeLimit = {
  /** The limit as it was written. */
  readonly text: string;
  readonly name: MetricName;
  /** Null for every path that has the metric. */
  readonly path: PathName | null;
  /** Null for every drain, or for a metric of live runs. */
  readonly windowMs: number | null;
  /** Direction of the change that is limited. */
  readonly direction: Direction;
  /** A share of the base's value, or an amount in the metric's unit. */
  readonly most: { readonly share: number } | { readonly amount: number };
};

/** `within noise`: beyond the limit, but chance may do that. */
export type LimitOutcome = 'kept' | 'crossed' | 'within noise';

export type CheckedLimit = {
  readonly limit: ChangeLimit;
  readonly compared: Compared;
  /**
   * Smallest change in the limit's direction that crosses it: the allowed change, or the noise if that is larger. Null where no
   * change can cross it (a fall to below 0), and for the threshold, whose noise is a band.
   */
  readonly crossedBeyond: number | null;
  readonly outcome: LimitOutcome;
};

/** A comparison with the outcomes of the limits. */
export type Judged = Comparison & { readonly limits: readonly CheckedLimit[] };

/** True if both reports are exact and no limit was crossed. */
export function passes({ exactness, limits }: Judged): boolean {
  return exactness.base.exact && exactness.other.exact && limits.every(({ outcome }) => outcome !== 'crossed');
}

/**
 * Checks every limit, metric by metric; none where a report is not exact.
 *
 * @throws UsageError in one line where a limit names a metric that the comparison lacks
 */
export function checkLimits(limits: readonly ChangeLimit[], comparison: Comparison): Judged {
  const { base, other } = comparison.exactness;
  if (!base.exact || !other.exact) return { ...comparison, limits: [] };
  return { ...comparison, limits: limits.flatMap((limit) => checkLimit(limit, comparison)) };
}

function checkLimit(limit: ChangeLimit, { base, other, compared, notCompared }: Comparison): CheckedLimit[] {
  const met = compared.filter((each) => concerns(limit, each));
  const missing = notCompared.find((each) => concerns(limit, each));
  // A limit without a window applies to the drains that both reports have; a limit without a path needs both paths.
  if (missing !== undefined && (met.length === 0 || !METRICS[limit.name].byDrain)) {
    throw refuse(limit, `${missing.id} can't be compared: ${missing.reason}`);
  }
  if (met.length === 0) throw refuse(limit, `neither ${base.file} nor ${other.file} has this metric`);
  return met.map((each) => ({
    limit,
    compared: each,
    crossedBeyond: smallestCrossing(limit, each),
    outcome: check(limit, each),
  }));
}

function concerns(limit: ChangeLimit, { name, path, windowMs }: Pick<Compared, 'name' | 'path' | 'windowMs'>): boolean {
  return (
    limit.name === name &&
    (limit.path === null || limit.path === path) &&
    (limit.windowMs === null || limit.windowMs === windowMs)
  );
}

function check(limit: ChangeLimit, compared: Compared): LimitOutcome {
  if (!isBeyond(limit, compared)) return 'kept';
  return isReal(compared) ? 'crossed' : 'within noise';
}

function smallestCrossing(limit: ChangeLimit, { base, noiseEachWay }: Compared): number | null {
  if (base === null || noiseEachWay === null) return null;
  const change = Math.max(allowedChange(limit, base), noiseEachWay[limit.direction]);
  return limit.direction === 'down' && change >= base ? null : change;
}

function allowedChange({ most }: ChangeLimit, base: number | null): number {
  return 'amount' in most ? most.amount : most.share * Math.abs(base ?? 0);
}

function isBeyond(limit: ChangeLimit, { base, other }: Compared): boolean {
  if (base === other) return false;
  // No threshold up to a day counts as one beyond all windows.
  const [one, two] = [base ?? Number.POSITIVE_INFINITY, other ?? Number.POSITIVE_INFINITY];
  const change = limit.direction === 'up' ? two - one : one - two;
  return change > allowedChange(limit, base);
}

function refuse({ text }: ChangeLimit, why: string): UsageError {
  return new UsageError(`Can't test --fail-on '${text}': ${why}; known metrics: ${METRIC_NAMES.join(', ')}`);
}
