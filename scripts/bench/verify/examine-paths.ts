import type { LedgerRow, Path, QuarantineRow, Totals } from '#functions/contract.ts';
import type { Oracle } from '../load/oracle.ts';
import { askResults, readLedger } from '../targets/results.ts';
import type { Target } from '../targets/target.ts';
import { comparePath, type SentTables, sentTables } from './compare-tables.ts';
import type { PathComparison } from './correctness.ts';
import { collectPlatformReports, type PlatformReports } from './platform-reports.ts';

/** A path's records in the database, and the comparison of its tables with the load. */
export type PathRecords = {
  totals: Totals;
  comparison: PathComparison;
  ledger: LedgerRow[];
  quarantine: QuarantineRow[];
};

/** A path's records in the database and its reports by the platform. */
export type PathObservations = PathRecords & { platform: PlatformReports };

/** Run id and stream of a run; its schemas and reports are found by them. */
type Run = { readonly id: string; readonly streamName: string };

const QUARANTINE_EXAMPLES = 20;

/**
 * Reads a path's records in the database, and compares every row of its tables with the load's count.
 *
 * @throws the signal's reason once it is aborted
 */
export async function readPath(
  target: Target,
  { id: run }: Run,
  path: Path,
  { tables, signal }: { tables: SentTables; signal: AbortSignal },
): Promise<PathRecords> {
  const ledger = await readLedger(target, run, path);
  const { lines } = await askResults(target, 'quarantine', { run, path, limit: QUARANTINE_EXAMPLES });
  const totals = (await askResults(target, 'verify', { run }))[path];
  const comparison = await comparePath(target, run, path, { tables, signal });
  return { totals, comparison, ledger, quarantine: lines };
}

type ReportsWanted = {
  /** Committed invocations, which must have reports. */
  ledger: readonly LedgerRow[];
  startedMs: number;
  /** Time until which missing reports are asked for again, epoch ms. */
  untilMs: number;
  signal: AbortSignal;
  onStep: (step: string) => void;
};

/**
 * Collects the platform's reports of a path's invocations when they can be read.
 *
 * @throws the signal's reason if it is aborted during the wait
 */
function readReports(
  target: Target,
  { streamName: stream }: Run,
  path: Path,
  { ledger, startedMs: sinceMs, untilMs, signal, onStep }: ReportsWanted,
): Promise<PlatformReports> {
  const { logs, reportDelayMs, outputs } = target;
  const functionName = path === 'microBatch' ? outputs.microBatchFunction : outputs.scheduledBatchFunction;
  const committed = ledger.map(({ requestId }) => requestId);
  if (reportDelayMs > 0) onStep(`waiting for what the platform reports of ${functionName}`);
  return collectPlatformReports({ logs, functionName, stream, committed, sinceMs, untilMs, signal });
}

export type Examination = {
  oracle: Oracle;
  startedMs: number;
  signal: AbortSignal;
  onStep: (step: string) => void;
};

/**
 * Reads and verifies the records of these paths, and waits for the platform's reports.
 *
 * @throws the signal's reason once it is aborted
 */
export async function examinePaths<Examined extends Path>(
  target: Target,
  run: Run,
  paths: readonly Examined[],
  { oracle, startedMs, signal, onStep }: Examination,
): Promise<Record<Examined, PathObservations>> {
  const tables = sentTables(oracle);
  const untilMs = Date.now() + target.reportDelayMs; // for all paths: their last reports were written at about the same time
  const seen: [Examined, PathObservations][] = [];
  for (const path of paths) {
    const records = await readPath(target, run, path, { tables, signal });
    const wanted = { ledger: records.ledger, startedMs, untilMs, signal, onStep };
    seen.push([path, { ...records, platform: await readReports(target, run, path, wanted) }]);
  }
  return Object.fromEntries(seen) as Record<Examined, PathObservations>;
}
