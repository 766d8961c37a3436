import { AGGREGATION_NAMES, type AggregationName, forBothPaths, type Path, type Totals } from '#functions/contract.ts';
import { ofBothPaths } from '#model/deployment.ts';
import { described, flag, type Infer, listOf, number, object, text } from '#text/schema.ts';
import type { OracleTotals } from '../load/oracle.ts';
import type { Coverage } from './coverage.ts';

/** A row that differs from what was sent. */
const DIFFERENCE = object({
  key: text('JSON array of window start (epoch ms), host and, in the second table, referrer'),
  sent: number('events', 'hits that were sent'),
  counted: text('hits in the table'),
});
export type Difference = Infer<typeof DIFFERENCE>;

/** One table of a path held against what was sent. */
export type TableComparison = {
  /** Hits that were sent and are not in the table, and the other way round; summed over its rows. */
  missing: number;
  surplus: number;
  rows: number;
  /** SHA-256 over the rows in key order: equal digests are equal tables. */
  digest: string;
  /** The first rows that differ. */
  examples: Difference[];
};

export type PathComparison = Record<AggregationName, TableComparison>;

/** Correctness of a path, term by term: counted + quarantined + dropped + discarded + expired = lines sent. */
export const PATH_CORRECTNESS = object(
  {
    exact: flag(
      '`missing`, `surplus`, `unexplained`, `discarded` and `expired` are 0, `quarantined` = `sentMalformed`, `dropped` is 0 or, under the policy `drop`, `late`, `afterFinal` is at most `late` or, under `drop`, 0, and the sums of both tables and of the ledger’s events are the same',
    ),
    counted: number('events', 'sum of the first table’s hits'),
    missing: number(
      'events',
      'hits that were sent and are not in the table with more of them, less what was dropped, discarded or expired. Above 0: lost. Below 0: fewer are missing than were declared gone',
    ),
    surplus: number(
      'events',
      'hits in the table with more of them that nobody sent: counted twice, or under a wrong key',
    ),
    quarantined: number('lines', 'lines in quarantine'),
    late: number('events', 'late events, counted or dropped, by the ledger'),
    dropped: number('events', 'late events that were left out, by the ledger; 0 under the policy `count`'),
    afterFinal: number(
      'events',
      'counted events whose window was final for the path before the statement that counted them, by the ledger. Late ones under the policy `count`, none under `drop`. A fact about the path: the two may differ',
    ),
    discarded: number(
      'lines',
      'lines of records that lie in no counted range although the checkpoint has passed them: the mapping gave them up',
    ),
    expired: number('lines', 'the same, where the record had outlived the stream’s retention (24 h)'),
    unread: number('lines', 'lines in records behind the checkpoint: the path did not get so far'),
    unexplained: number(
      'lines',
      '`sentLines` − (`counted` + `quarantined` + `dropped` + `discarded` + `expired`). 0 when the sum closes; above 0 includes lines that were not read; below 0 something was counted twice',
    ),
    examples: listOf(
      DIFFERENCE,
      'up to 10 rows that differ. Empty where the path is exact and has dropped events, which are missing from their rows by design',
    ),
  },
  'path correctness',
);
export type PathCorrectness = Infer<typeof PATH_CORRECTNESS>;

/** Correctness of both paths. */
export const CORRECTNESS = object(
  {
    exact: flag('both paths exact, and their tables equal'),
    sentLines: number('lines', '`sentEvents` + `sentMalformed`'),
    sentEvents: number('events', 'events that must be counted'),
    sentMalformed: number('lines', 'lines that must be quarantined'),
    pathsAgree: flag('the digests of both tables are equal between the paths, and both found as many events late'),
    ...ofBothPaths(described(PATH_CORRECTNESS, 'how each path counted')).entries,
  },
  'correctness',
);
export type Correctness = Infer<typeof CORRECTNESS>;

export type PathEvidence = { totals: Totals; comparison: PathComparison; coverage: Coverage };

export function judge(
  sent: OracleTotals,
  latePolicy: 'count' | 'drop',
  evidence: Readonly<Record<Path, PathEvidence>>,
): Correctness {
  const { microBatch, scheduledBatch } = evidence;
  const paths = forBothPaths((path) => judgePath(sent, latePolicy, evidence[path]));
  const pathsAgree =
    AGGREGATION_NAMES.every((name) => microBatch.comparison[name].digest === scheduledBatch.comparison[name].digest) &&
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

/** Number of events that changed a final window although they were not late, or late ones are dropped. */
export function changedFinal(
  { late, afterFinal }: Pick<PathCorrectness, 'late' | 'afterFinal'>,
  latePolicy: 'count' | 'drop',
): number {
  return Math.max(0, afterFinal - (latePolicy === 'drop' ? 0 : late));
}

export function judgePath(
  sent: OracleTotals,
  latePolicy: 'count' | 'drop',
  { totals, comparison, coverage }: PathEvidence,
): PathCorrectness {
  const tables = AGGREGATION_NAMES.map((name) => comparison[name]);
  const { quarantined, late, dropped, afterFinal } = totals;
  const counted = totals.hits.byHost;
  const discarded = coverage.discarded.lines;
  const expired = coverage.expired.lines;
  const accountedFor = dropped + coverage.discarded.events + coverage.expired.events;
  const missing = Math.max(...tables.map((table) => table.missing)) - accountedFor;
  const surplus = Math.max(...tables.map((table) => table.surplus));
  const unexplained = sent.lines - (counted + quarantined + dropped + discarded + expired);
  const exact =
    missing === 0 &&
    surplus === 0 &&
    unexplained === 0 &&
    discarded === 0 &&
    expired === 0 &&
    // Dropped events do not count as missing, so a path may drop only the events that the policy drops.
    dropped === (latePolicy === 'drop' ? late : 0) &&
    changedFinal({ late, afterFinal }, latePolicy) === 0 &&
    quarantined === sent.malformed &&
    AGGREGATION_NAMES.every((name) => totals.hits[name] === counted) &&
    totals.events === counted;
  const examples = tables.flatMap((table) => table.examples).slice(0, 10);
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
