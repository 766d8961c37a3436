import type { Observations } from '#bench/experiments/observations.ts';
import type { Coverage } from '#bench/verify/coverage.ts';
import type { PathObservations } from '#bench/verify/examine-paths.ts';
import { finalityOf } from '#bench/verify/finality.ts';
import { quantilesOf } from '#model/statistics/percentiles.ts';
import type { PathReport } from '../definition/path-report.ts';
import type { LiveView } from './live-view.ts';
import { pathFigures } from './path-figures.ts';
import { platformFigures } from './platform-figures.ts';
import { sliceLoad } from './slice-load.ts';
import { sumToTenth } from './sum-to-tenth.ts';
import { waitsOf } from './waits.ts';

const CDF_QUANTILES = 101;

/** A path in a live run, in full. */
export function buildPath(
  path: PathObservations,
  coverage: Coverage,
  { load, settings }: Pick<Observations, 'load' | 'settings'>,
  { windows, span }: Pick<LiveView, 'windows' | 'span'>,
): PathReport {
  const { comparison, ledger, platform, quarantine } = path;
  const all = [...load.oracle.byHost().keys()];
  const sinceStart = (atMs: number): number => Math.round(atMs - load.startMs);
  return {
    ...pathFigures(path, coverage, windows),
    freshnessCdf: quantilesOf(ledger.flatMap(waitsOf), CDF_QUANTILES),
    slices: sliceLoad(ledger, span),
    openWindows: finalityOf(ledger, all, settings.windowMs).openWindows,
    ...platformFigures(platform),
    coldStartsAtMs: ledger
      .filter(({ cold }) => cold)
      .map(({ startedMs }) => sinceStart(startedMs))
      .sort((a, b) => a - b),
    commits: ledger.length,
    readWaitMs: sumToTenth(ledger, ({ readWaitMs }) => readWaitMs),
    databaseWaitMs: sumToTenth(ledger, ({ databaseWaitMs }) => databaseWaitMs),
    tables: {
      byHost: { rows: comparison.byHost.rows, digest: comparison.byHost.digest },
      bySource: { rows: comparison.bySource.rows, digest: comparison.bySource.digest },
    },
    quarantine,
  };
}
