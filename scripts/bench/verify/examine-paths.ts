import type { LedgerRow, Path, QuarantineRow, Totals } from '#functions/contract.ts';
import type { Oracle } from '../load/oracle.ts';
import { askResults, readLedger } from '../targets/results.ts';
import type { Target } from '../targets/target.ts';
import { comparePath, type SentTables, sentTables } from './compare-tables.ts';
import type { PathComparison } from './correctness.ts';
import { collectPlatformReports, type PlatformReports } from './platform-reports.ts';

/** What a path left behind in the database, and how it compares with what was sent. */
export type PathRecords = {
  totals: Totals;
  comparison: PathComparison;
  ledger: LedgerRow[];
  quarantine: QuarantineRow[];
};

/** All that a path left behind. */
export type PathObservations = PathRecords & { platform: PlatformReports };

/** By which a run is found. */
type Run = { readonly id: string; readonly streamName: string };

const QUARANTINE_EXAMPLES = 20;

/**
 * Reads all that a path left in the database, and holds every row of its tables against the load's own count.
 *
 * @throws the signal's reason once that has come
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
  /** What committed, of which there must be reports. */
  ledger: readonly LedgerRow[];
  startedMs: number;
  /** Until when to ask for those that are missing, epoch ms. */
  untilMs: number;
  signal: AbortSignal;
  onStep: (step: string) => void;
};

/**
 * What the platform reports of a path's invocations, once that can be read.
 *
 * @throws the signal's reason where that comes while it waits
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
 * Reads and verifies all that these paths left, and waits for what the platform reports of them.
 *
 * @throws the signal's reason once that has come
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
