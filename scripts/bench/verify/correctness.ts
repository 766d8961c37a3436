import { forBothPaths, type Path, type Totals } from '#functions/contract.ts';
import type { OracleTotals } from '../load/oracle.ts';
import type { Difference, PathComparison } from './compare-tables.ts';
import type { Coverage } from './coverage.ts';

/** Whether a path counted what was sent, term by term: counted + quarantined + dropped + discarded + expired = lines sent. */
export type PathCorrectness = {
  exact: boolean;
  /** Events in the tables. */
  counted: number;
  /** Events that were sent and are nowhere: neither counted nor among the other terms. */
  missing: number;
  /** Hits in the tables that nobody sent. */
  surplus: number;
  quarantined: number;
  /** Late events, counted or dropped. */
  late: number;
  dropped: number;
  /** Events for a window that was already final. */
  afterFinal: number;
  discarded: number;
  expired: number;
  /** Lines in records behind the checkpoint: the path did not get so far. */
  unread: number;
  /** Lines that the terms leave unexplained; 0 when the sum closes. */
  unexplained: number;
  examples: Difference[];
};

export type Correctness = Record<Path, PathCorrectness> & {
  exact: boolean;
  sentLines: number;
  sentEvents: number;
  /** Lines that were sent to be quarantined. */
  sentMalformed: number;
  /** Whether the tables of both paths are equal to the last row, and both found as many events late. */
  pathsAgree: boolean;
};

export type PathEvidence = { totals: Totals; comparison: PathComparison; coverage: Coverage };

export function judge(
  sent: OracleTotals,
  latePolicy: 'count' | 'drop',
  evidence: Readonly<Record<Path, PathEvidence>>,
): Correctness {
  const { microBatch, scheduledBatch } = evidence;
  const paths = forBothPaths((path) => judgePath(sent, latePolicy, evidence[path]));
  const pathsAgree =
    microBatch.comparison.byHost.digest === scheduledBatch.comparison.byHost.digest &&
    microBatch.comparison.bySource.digest === scheduledBatch.comparison.bySource.digest &&
    // Judged in stream order, so alike on both, whether it changes a count or not.
    microBatch.totals.late === scheduledBatch.totals.late;
  return {
    exact: pathsAgree && paths.microBatch.exact && paths.scheduledBatch.exact,
    sentLines: sent.lines,
    sentEvents: sent.events,
    sentMalformed: sent.malformed,
    pathsAgree,
    ...paths,
  };
}

export function judgePath(
  sent: OracleTotals,
  latePolicy: 'count' | 'drop',
  { totals, comparison, coverage }: PathEvidence,
): PathCorrectness {
  const { byHost, bySource } = comparison;
  const { quarantined, late, dropped, afterFinal } = totals;
  const counted = totals.hitsByHost;
  const discarded = coverage.discarded.lines;
  const expired = coverage.expired.lines;
  const accountedFor = dropped + coverage.discarded.events + coverage.expired.events;
  const missing = Math.max(byHost.missing, bySource.missing) - accountedFor;
  const surplus = Math.max(byHost.surplus, bySource.surplus);
  const unexplained = sent.lines - (counted + quarantined + dropped + discarded + expired);
  const exact =
    missing === 0 &&
    surplus === 0 &&
    unexplained === 0 &&
    discarded === 0 &&
    expired === 0 &&
    // What a path says it dropped is left out of what is missing, so it must be what the policy drops.
    dropped === (latePolicy === 'drop' ? late : 0) &&
    quarantined === sent.malformed &&
    totals.hitsBySource === counted &&
    totals.events === counted;
  const examples = [...byHost.examples, ...bySource.examples].slice(0, 10);
  return {
    exact,
    counted,
    missing,
    surplus,
    quarantined,
    late,
    dropped,
    afterFinal,
    discarded,
    expired,
    unread: coverage.unread.lines,
    unexplained,
    examples: dropped > 0 && exact ? [] : examples, // dropped events are missing from their rows by design
  };
}
