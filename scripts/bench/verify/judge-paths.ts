import { forBothPaths, type Path, type Settings } from '#functions/contract.ts';
import type { Oracle } from '../load/oracle.ts';
import type { Receipts } from '../load/receipts.ts';
import { type Correctness, judge, judgePath, type PathCorrectness } from './correctness.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import type { PathRecords } from './examine-paths.ts';

/** What was sent, by the load's own account. */
type Account = { readonly oracle: Oracle; readonly receipts: Receipts };
type LatePolicy = Settings['latePolicy'];

/** How long a run's stream keeps its records: it is made with Kinesis' default. */
const RETENTION_MS = 24 * 3_600_000;

/** Whether both paths of a run were exact, and agree. */
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

/** Whether one path was exact that had the stream to itself. */
export function judgeOnePath(account: Account, latePolicy: LatePolicy, path: PathRecords): PathCorrectness {
  return judgePath(account.oracle.totals(), latePolicy, { ...path, coverage: coverPath(account, path) });
}

/** What became of a run's records on a path. */
export function coverPath({ receipts }: Account, { ledger }: Pick<PathRecords, 'ledger'>): Coverage {
  return coverageOf(receipts, ledger, RETENTION_MS);
}
