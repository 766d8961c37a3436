import type { LedgerRow, Path, QuarantineRow, Totals } from '../../functions/contract.ts';
import type { Oracle } from '../load/oracle.ts';
import { collectPlatformReports, type PlatformReports } from '../observe/platform-reports.ts';
import type { IsolatedRun } from '../run/isolated-run.ts';
import { askResults, readLedger } from '../targets/results.ts';
import type { Target } from '../targets/target.ts';
import { comparePath, type PathComparison, sentTables } from './compare-tables.ts';

/** What a path left behind, and how it compares with what was sent. */
export type PathObservations = {
  totals: Totals;
  comparison: PathComparison;
  ledger: LedgerRow[];
  platform: PlatformReports;
  quarantine: QuarantineRow[];
};

const QUARANTINE_EXAMPLES = 20;

export type Examination = {
  oracle: Oracle;
  startedMs: number;
  signal: AbortSignal;
  onStep: (step: string) => void;
};

/**
 * Reads all that both paths left, and holds every row of their tables against the load's own count.
 *
 * @throws the signal's reason where that comes while it waits for the platform
 */
export async function examinePaths(
  target: Target,
  run: IsolatedRun,
  { oracle, startedMs, signal, onStep }: Examination,
): Promise<Record<Path, PathObservations>> {
  const { logs, reportDelayMs } = target;
  const tables = sentTables(oracle);
  const untilMs = Date.now() + reportDelayMs; // for both paths: their last reports were written at about the same time
  const look = async (path: Path, functionName: string): Promise<PathObservations> => {
    const ledger = await readLedger(target, run.id, path);
    const { lines } = await askResults(target, 'quarantine', { run: run.id, path, limit: QUARANTINE_EXAMPLES });
    const totals = (await askResults(target, 'verify', { run: run.id }))[path];
    const comparison = await comparePath(target, run.id, path, tables);
    if (reportDelayMs > 0) onStep(`waiting for what the platform reports of ${functionName}`);
    const committed = ledger.map(({ requestId }) => requestId);
    const stream = run.streamName;
    const query = { logs, functionName, stream, committed, sinceMs: startedMs, untilMs, signal };
    return { totals, comparison, ledger, quarantine: lines, platform: await collectPlatformReports(query) };
  };
  return {
    micro_batch: await look('micro_batch', target.outputs.microBatchFunction),
    scheduled_batch: await look('scheduled_batch', target.outputs.scheduledBatchFunction),
  };
}
