import { UsageError } from '#text/usage-error.ts';
import { type ChangeLimit, concerns } from './change-limit.ts';
import { type Compared, type Comparison, isReal } from './comparison.ts';
import { METRIC_NAMES, METRICS } from './metric.ts';

/** `within noise`: beyond the limit, but chance may do that. */
export type LimitOutcome = 'kept' | 'crossed' | 'within noise';

export type CheckedLimit = {
  readonly limit: ChangeLimit;
  readonly compared: Compared;
  /**
   * The change in the limit's direction beyond which it is crossed here: what it allows, or the noise where that is more. Null where
   * none can be: a fall to below 0, or a threshold, whose noise is a band.
   */
  readonly crossedBeyond: number | null;
  readonly outcome: LimitOutcome;
};

/** A comparison with what became of the limits. */
export type Judged = Comparison & { readonly limits: readonly CheckedLimit[] };

/** Whether nothing in it has to stop anybody: both reports are exact, and no limit was crossed. */
export function passes({ exactness, limits }: Judged): boolean {
  return exactness.base.exact && exactness.other.exact && limits.every(({ outcome }) => outcome !== 'crossed');
}

/**
 * Holds a comparison against every limit, metric by metric. Where a report is not exact there is nothing to hold.
 *
 * @throws UsageError in one line where a limit is about something that the comparison doesn't have
 */
export function checkLimits(limits: readonly ChangeLimit[], comparison: Comparison): Judged {
  const { base, other } = comparison.exactness;
  if (!base.exact || !other.exact) return { ...comparison, limits: [] };
  return { ...comparison, limits: limits.flatMap((limit) => checkLimit(limit, comparison)) };
}

function checkLimit(limit: ChangeLimit, { base, other, compared, notCompared }: Comparison): CheckedLimit[] {
  const met = compared.filter((each) => concerns(limit, each));
  const missing = notCompared.find((each) => concerns(limit, each));
  // Of all drains means of all that both reports have; of both paths means of both.
  if (missing !== undefined && (met.length === 0 || !METRICS[limit.name].byDrain)) {
    throw refuse(limit, `${missing.id} can't be compared: ${missing.reason}`);
  }
  if (met.length === 0) throw refuse(limit, `neither ${base.file} nor ${other.file} has it`);
  return met.map((each) => ({
    limit,
    compared: each,
    crossedBeyond: smallestCrossing(limit, each),
    outcome: check(limit, each),
  }));
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
  // No threshold up to a day is one beyond all windows.
  const [one, two] = [base ?? Number.POSITIVE_INFINITY, other ?? Number.POSITIVE_INFINITY];
  const change = limit.direction === 'up' ? two - one : one - two;
  return change > allowedChange(limit, base);
}

function refuse({ text }: ChangeLimit, why: string): UsageError {
  return new UsageError(`Can't test --fail-on '${text}': ${why}; known metrics: ${METRIC_NAMES.join(', ')}`);
}
