import type { LedgerRow } from '#functions/contract.ts';
import type { BatchCalls } from '../run/finish-counting.ts';
import { initsOf, type PlatformReport } from '../verify/platform-reports.ts';
import type { BatchMeasurement } from './observations.ts';

/**
 * One scheduled batch, as its caller, the ledger and the platform saw it.
 *
 * @param reports of this batch's invocations, and of others
 */
export function toBatchMeasurement(
  { invocations, durationMs }: BatchCalls,
  rows: readonly LedgerRow[],
  reports: readonly PlatformReport[],
): BatchMeasurement {
  const requestIds = new Set(rows.map(({ requestId }) => requestId));
  const own = reports.filter(({ requestId }) => requestIds.has(requestId));
  const areAllReported = requestIds.size > 0 && new Set(own.map(({ requestId }) => requestId)).size === requestIds.size;
  const inits = initsOf(own);
  return {
    cold: rows[0]?.cold ?? false,
    invocations,
    durationMs,
    billedDurationMs: areAllReported ? own.reduce((sum, { billedDurationMs }) => sum + billedDurationMs, 0) : null,
    initMs: inits.length === 0 ? null : inits.reduce((sum, ms) => sum + ms, 0),
    maxMemoryMb: maxMemoryOf(own),
    rows,
  };
}

/** Null without a report. */
export function maxMemoryOf(reports: readonly PlatformReport[]): number | null {
  return reports.length === 0
    ? null
    : reports.reduce((most, { maxMemoryUsedMB }) => Math.max(most, maxMemoryUsedMB), 0);
}
