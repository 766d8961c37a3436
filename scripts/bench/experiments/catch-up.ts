import type { LedgerRow } from '#functions/contract.ts';
import type { PlatformReports } from '../verify/platform-reports.ts';
import { maxMemoryOf } from './batch-measurement.ts';
import type { CatchUpMeasurement } from './observations.ts';

/**
 * How fast the micro-batch path counted a stream that was full before it began.
 *
 * @param askedMs when the mapping was asked for, epoch ms
 */
export function toCatchUp(
  rows: readonly LedgerRow[],
  { invocations, reports }: Pick<PlatformReports, 'invocations' | 'reports'>,
  askedMs: number,
): CatchUpMeasurement {
  const figures = { invocations, maxMemoryMb: maxMemoryOf(reports) };
  if (rows.length === 0) return { ...figures, durationMs: 0, eventsPerSecond: 0, mappingMs: 0 };
  // A day's worth has more rows than a call may have arguments.
  const firstMs = rows.reduce((least, { startedMs }) => Math.min(least, startedMs), Number.POSITIVE_INFINITY);
  const lastMs = rows.reduce((most, { committedMs }) => Math.max(most, committedMs), Number.NEGATIVE_INFINITY);
  const durationMs = Math.max(1, lastMs - firstMs); // two clocks, of the function and the database
  const events = rows.reduce((sum, row) => sum + row.events, 0);
  return {
    ...figures,
    durationMs,
    eventsPerSecond: (events / durationMs) * 1_000,
    mappingMs: Math.max(0, firstMs - askedMs),
  };
}
