import type { LedgerRow, Path, QuarantineRow, Totals } from '../../functions/contract.ts';
import type { Oracle } from '../load/oracle.ts';
import { type PlatformReport, readPlatformReports } from '../observe/platform-reports.ts';
import type { IsolatedRun } from '../run/isolated-run.ts';
import { askResults, readLedger } from '../targets/results.ts';
import type { Target } from '../targets/target.ts';
import { comparePath, type PathComparison, sentTables } from './compare-tables.ts';

/** What a path left behind, and how it compares with what was sent. */
export type PathObservations = {
  totals: Totals;
  comparison: PathComparison;
  ledger: LedgerRow[];
  reports: PlatformReport[];
  quarantine: QuarantineRow[];
};

const QUARANTINE_EXAMPLES = 20;

/** Reads all that both paths left, and holds every row of their tables against the load's own count. */
export async function examinePaths(
  target: Target,
  run: IsolatedRun,
  oracle: Oracle,
  startedMs: number,
): Promise<Record<Path, PathObservations>> {
  const tables = sentTables(oracle);
  const look = async (path: Path, functionName: string): Promise<PathObservations> => ({
    totals: (await askResults(target, 'verify', { run: run.id }))[path],
    comparison: await comparePath(target, run.id, path, tables),
    ledger: await readLedger(target, run.id, path),
    reports: await readPlatformReports(target.logs, functionName, run.streamName, startedMs),
    quarantine: (await askResults(target, 'quarantine', { run: run.id, path, limit: QUARANTINE_EXAMPLES })).lines,
  });
  return {
    micro_batch: await look('micro_batch', target.outputs.microBatchFunction),
    scheduled_batch: await look('scheduled_batch', target.outputs.scheduledBatchFunction),
  };
}
