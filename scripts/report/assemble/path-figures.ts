import type { Coverage } from '#bench/verify/coverage.ts';
import type { PathObservations } from '#bench/verify/examine-paths.ts';
import { finalityOf } from '#bench/verify/finality.ts';
import type { LedgerRow } from '#functions/contract.ts';
import { distributionOf } from '#model/statistics/percentiles.ts';
import type { PathFigures } from '../definition/path-report.ts';
import { platformFigures } from './platform-figures.ts';
import { sumToTenth } from './sum-to-tenth.ts';
import { waitsOf } from './waits.ts';

/** Windows whose ends lay ahead when the load began: the only ones that a path can be quick or slow for. */
export type LiveWindows = { readonly startsMs: readonly number[]; readonly windowMs: number };

/** @param windows null where no window of the load was open while it ran, as in a replay */
export function pathFigures(
  { totals, ledger, platform }: PathObservations,
  coverage: Coverage,
  windows: LiveWindows | null,
): PathFigures {
  return {
    freshnessMs: distributionOf(ledger.flatMap(waitsOf)),
    endToEndMs: distributionOf(coverage.endToEnd),
    finalityMs: windows === null ? null : finalityOf(ledger, windows.startsMs, windows.windowMs).finalityMs,
    events: totals.events,
    invocations: platform.invocations,
    rowsWritten: totals.rowsWritten,
    rowsFinal: totals.rowsFinal,
    cpuMs: sumToTenth(ledger, ({ cpuMs }) => cpuMs),
    billedDurationMs: platformFigures(platform).billedDurationMs,
  };
}

/** The windows that so much arrived in as it happened. */
export function windowsOfArrivals(ledger: readonly LedgerRow[], windowMs: number): LiveWindows {
  const starts = ledger.flatMap(waitsOf).map(({ arrivedMs }) => Math.floor(arrivedMs / windowMs) * windowMs);
  return { startsMs: [...new Set(starts)], windowMs };
}
