import type { LedgerRow } from '#functions/contract.ts';
import type { BatchCalls } from '../run/finish-counting.ts';
import { initsOf, type PlatformReport, type PlatformReports } from '../verify/platform-reports.ts';
import type { BatchMeasurement, CatchUpMeasurement } from './observations.ts';

/**
 * Combines the figures of one scheduled batch from its caller, the ledger and the platform.
 *
 * @param reports reports of this batch's invocations, and maybe of others
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

/** Returns null without a report. */
function maxMemoryOf(reports: readonly PlatformReport[]): number | null {
  return reports.length === 0
    ? null
    : reports.reduce((most, { maxMemoryUsedMB }) => Math.max(most, maxMemoryUsedMB), 0);
}

/**
 * Measures how fast the micro-batch path counted a stream that was full at its start.
 *
 * @param askedMs time of the request for the mapping, epoch ms
 */
export function toCatchUp(
  rows: readonly LedgerRow[],
  { invocations, reports }: Pick<PlatformReports, 'invocations' | 'reports'>,
  askedMs: number,
): CatchUpMeasurement {
  const figures = { invocations, maxMemoryMb: maxMemoryOf(reports) };
  if (rows.length === 0) return { ...figures, durationMs: 0, eventsPerSecond: 0, mappingMs: 0 };
  // The load of a day has more rows than a call may have arguments, so Math.min and Math.max can't be used.
  const firstMs = rows.reduce((least, { startedMs }) => Math.min(least, startedMs), Number.POSITIVE_INFINITY);
  const lastMs = rows.reduce((most, { committedMs }) => Math.max(most, committedMs), Number.NEGATIVE_INFINITY);
  const durationMs = Math.max(1, lastMs - firstMs); // two clocks: of the function and of the database
  const events = rows.reduce((sum, row) => sum + row.events, 0);
  return {
    ...figures,
    durationMs,
    eventsPerSecond: (events / durationMs) * 1_000,
    mappingMs: Math.max(0, firstMs - askedMs),
  };
}
