import type { Coverage } from '#bench/verify/coverage.ts';
import type { PathObservations } from '#bench/verify/examine-paths.ts';
import { finalityOf } from '#bench/verify/finality.ts';
import { type PlatformReports, reportedOf } from '#bench/verify/platform-reports.ts';
import { forAggregations, type LedgerRow } from '#functions/contract.ts';
import { distributionOf, quantilesOf, type Weighted } from '#model/statistics/percentiles.ts';
import type { PathFigures, PathReport, Slice } from '../definition/path-report.ts';
import type { BatchReport } from '../definition/phase-reports.ts';

const CDF_QUANTILES = 101;
const SLICES = 10;

/** Windows that ended after the load began; only their finality depends on the path's speed. */
export type LiveWindows = { readonly startsMs: readonly number[]; readonly windowMs: number };

/** A stretch of time, epoch ms; the end is exclusive. */
export type Span = { readonly fromMs: number; readonly toMs: number };

/** @param windows null if no window of the load was open while it ran, as in a replay */
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

/** Times of a live run that is reported in full. */
type ReportedRun = {
  readonly startMs: number;
  /** Starts of all windows that the load fell into. */
  readonly allStartsMs: readonly number[];
  readonly windowMs: number;
  readonly windows: LiveWindows | null;
  /** The measured part of the load. */
  readonly span: Span;
};

/** A path in a live run, in full. */
export function pathReport(path: PathObservations, coverage: Coverage, run: ReportedRun): PathReport {
  const { comparison, ledger, platform, quarantine } = path;
  return {
    ...pathFigures(path, coverage, run.windows),
    freshnessCdf: quantilesOf(ledger.flatMap(waitsOf), CDF_QUANTILES),
    slices: sliceLoad(ledger, run.span),
    openWindows: finalityOf(ledger, run.allStartsMs, run.windowMs).openWindows,
    ...platformFigures(platform),
    coldStartsAtMs: ledger
      .filter(({ cold }) => cold)
      .map(({ startedMs }) => Math.round(startedMs - run.startMs))
      .sort((a, b) => a - b),
    commits: ledger.length,
    readWaitMs: sumToTenth(ledger, ({ readWaitMs }) => readWaitMs),
    databaseWaitMs: sumToTenth(ledger, ({ databaseWaitMs }) => databaseWaitMs),
    tables: forAggregations((name) => ({ rows: comparison[name].rows, digest: comparison[name].digest })),
    quarantine,
  };
}

type PlatformFigures = Pick<
  PathReport,
  | 'invocations'
  | 'reportedInvocations'
  | 'failedInvocations'
  | 'coldStarts'
  | 'durationMs'
  | 'billedDurationMs'
  | 'maxMemoryMb'
  | 'reportsMissing'
>;

/** The platform's figures of a path's invocations; null, never 0, if it reported no invocation. */
function platformFigures(platform: PlatformReports): PlatformFigures {
  const { invocations, reports, missing } = platform;
  const of = <Figure>(figure: () => Figure): Figure | null =>
    reports.length === 0 && invocations > 0 ? null : figure();
  return {
    invocations,
    reportedInvocations: reportedOf(platform),
    failedInvocations: of(() => reports.filter(({ status }) => status !== 'success').length),
    coldStarts: of(() => reports.filter(({ initDurationMs }) => initDurationMs !== null).length),
    durationMs: of(() => sumToTenth(reports, ({ durationMs }) => durationMs)),
    billedDurationMs: of(() => sumToTenth(reports, ({ billedDurationMs }) => billedDurationMs)),
    maxMemoryMb: of(() => reports.reduce((most, { maxMemoryUsedMB }) => Math.max(most, maxMemoryUsedMB), 0)),
    reportsMissing: missing,
  };
}

type LedgerFigures = Pick<
  BatchReport,
  'invocations' | 'events' | 'records' | 'rowsWritten' | 'rowsFresh' | 'cpuMs' | 'readWaitMs' | 'databaseWaitMs'
>;

/** Sums over the ledger's rows of a phase. */
export function sumLedger(ledger: readonly LedgerRow[]): LedgerFigures {
  return {
    invocations: ledger.length,
    events: sumToTenth(ledger, ({ events }) => events),
    records: sumToTenth(ledger, ({ records }) => records),
    rowsWritten: sumToTenth(ledger, ({ rowsWritten }) => rowsWritten),
    rowsFresh: sumToTenth(ledger, ({ rowsFresh }) => rowsFresh),
    cpuMs: sumToTenth(ledger, ({ cpuMs }) => cpuMs),
    readWaitMs: sumToTenth(ledger, ({ readWaitMs }) => readWaitMs),
    databaseWaitMs: sumToTenth(ledger, ({ databaseWaitMs }) => databaseWaitMs),
  };
}

/** Rounded to 0.1, because the summed milliseconds have binary fractions. */
function sumToTenth<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return toTenth(items.reduce((total, item) => total + of(item), 0));
}

export function toTenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Time of some events from arrival to commit, ms, with the arrival in epoch ms. */
export type Wait = Weighted & { readonly arrivedMs: number };

/** The waits in a ledger row's arrival histogram. A bucket counts as its middle. */
export function waitsOf({ committedMs, arrivals: { widthMs, buckets, events } }: LedgerRow): Wait[] {
  return buckets.map((bucket, i) => {
    const arrivedMs = bucket * widthMs + (widthMs - 1) / 2;
    return { arrivedMs, value: committedMs - arrivedMs, weight: events[i] ?? 0 };
  });
}

/** The windows that events arrived in; they are the events' windows if event time is arrival time. */
export function windowsOfArrivals(ledger: readonly LedgerRow[], windowMs: number): LiveWindows {
  const starts = ledger.flatMap(waitsOf).map(({ arrivedMs }) => Math.floor(arrivedMs / windowMs) * windowMs);
  return { startsMs: [...new Set(starts)], windowMs };
}

/**
 * The figures of each tenth of a span, by arrival. An invocation's rows and CPU are shared out by its events in each slice; arrivals
 * outside the span are left out.
 */
export function sliceLoad(ledger: readonly LedgerRow[], { fromMs, toMs }: Span): Slice[] {
  const widthMs = (toMs - fromMs) / SLICES;
  const sums = Array.from({ length: SLICES }, () => ({
    waits: [] as Wait[],
    events: 0,
    rowsWritten: 0,
    cpuMs: 0,
    invocations: 0,
  }));
  for (const row of ledger) {
    const waits = waitsOf(row);
    const counted = waits.reduce((sum, { weight }) => sum + weight, 0);
    for (const wait of waits) {
      const slice = sums[Math.floor((wait.arrivedMs - fromMs) / widthMs)];
      if (slice === undefined || wait.weight === 0) continue;
      const share = wait.weight / counted;
      slice.waits.push(wait);
      slice.events += wait.weight;
      slice.rowsWritten += row.rowsWritten * share;
      slice.cpuMs += row.cpuMs * share;
      slice.invocations += share;
    }
  }
  return sums.map(({ waits, events, rowsWritten, cpuMs, invocations }, i) => ({
    fromMs: toHundredth(i * widthMs),
    toMs: toHundredth((i + 1) * widthMs),
    freshnessMs: distributionOf(waits),
    events,
    rowsWritten: toHundredth(rowsWritten),
    cpuMs: toHundredth(cpuMs),
    invocations: toHundredth(invocations),
  }));
}

/** The time from the first to the last arrival, the last millisecond included; null if nothing arrived. */
export function arrivalSpan(ledger: readonly LedgerRow[]): Span | null {
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const { arrivals } of ledger) {
    for (const bucket of arrivals.buckets) {
      fromMs = Math.min(fromMs, bucket * arrivals.widthMs);
      toMs = Math.max(toMs, (bucket + 1) * arrivals.widthMs);
    }
  }
  return toMs > fromMs ? { fromMs, toMs } : null;
}

/** Rounded to 0.01, because an invocation may be divided among ten slices. */
function toHundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
