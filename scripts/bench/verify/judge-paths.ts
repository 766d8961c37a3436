import { forBothPaths, type Path, type Settings } from '#functions/contract.ts';
import type { Oracle } from '../load/oracle.ts';
import type { Receipts } from '../load/receipts.ts';
import { type Correctness, judge, judgePath, type PathCorrectness } from './correctness.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import type { PathRecords } from './examine-paths.ts';

/** The load's own record of the lines that were sent. */
type Account = { readonly oracle: Oracle; readonly receipts: Receipts };
type LatePolicy = Settings['latePolicy'];

/** Retention of a run's stream, which is created with Kinesis' default. */
const RETENTION_MS = 24 * 3_600_000;

/** Judges if both paths of a run are exact and agree. */
export function judgePaths(
  account: Account,
  latePolicy: LatePolicy,
  paths: Readonly<Record<Path, PathRecords>>,
): Correctness {
  return judge(
    account.oracle.totals(),
    latePolicy,
    forBothPaths((path) => ({ ...paths[path], coverage: coverPath(account, paths[path]) })),
  );
}

/** Judges if a path is exact that had the stream to itself. */
export function judgeOnePath(account: Account, latePolicy: LatePolicy, path: PathRecords): PathCorrectness {
  return judgePath(account.oracle.totals(), latePolicy, { ...path, coverage: coverPath(account, path) });
}

/** Finds the outcome of a run's records on a path. */
export function coverPath({ receipts }: Account, { ledger }: Pick<PathRecords, 'ledger'>): Coverage {
  return coverageOf(receipts, ledger, RETENTION_MS);
}
