import { cpus, totalmem } from 'node:os';
import type { Observations } from '../experiments/live.ts';
import { finalityOf, freshnessOf } from '../observe/timeliness.ts';
import { type BenchmarkOptions, OF_ANY_LOAD, OF_GENERATED_LOAD, OF_REAL_LOAD } from '../options/benchmark-options.ts';
import { distributionOf } from '../stats/percentiles.ts';

import type { Place } from '../targets/target.ts';
import { judge } from '../verify/correctness.ts';
import { type Coverage, coverageOf } from '../verify/coverage.ts';
import type { PathObservations } from '../verify/examine-paths.ts';
import { tidemarkVersion } from '../version.ts';
import { platformFigures } from './platform-figures.ts';
import { type LoadReport, type PathReport, type Report, SCHEMA_VERSION } from './report.ts';
import { sumOf } from './sum-of.ts';

const RETENTION_MS = 24 * 3_600_000; // of a run's stream: Kinesis' default

export function buildReport(observed: Observations, options: BenchmarkOptions, target: Place): Report {
  const { load, run, paths } = observed;
  const cover = (path: PathObservations): Coverage => coverageOf(load.receipts, path.ledger, RETENTION_MS);
  const coverage = { micro: cover(paths.micro_batch), scheduled: cover(paths.scheduled_batch) };
  const isReplay = load.replay !== null || options.eventStart !== undefined;
  const kept = (schema: string): string | null => (options.keep ? schema : null);
  return {
    schemaVersion: SCHEMA_VERSION,
    tidemarkVersion: tidemarkVersion(),
    experiment: load.replay === null ? 'live' : 'replay',
    target,
    run: {
      id: run.id,
      startedAt: new Date(observed.startedMs).toISOString(),
      endedAt: new Date(observed.endedMs).toISOString(),
      durationMs: observed.endedMs - observed.startedMs,
    },
    machine: {
      cpus: cpus().length,
      memoryMb: Math.round(totalmem() / 1024 / 1024),
      platform: `${process.platform} ${process.arch}`,
      node: process.version,
    },
    settings: observed.settings,
    stream: { shards: options.shards, mapping: run.mapping },
    load: loadReport(observed, options),
    correctness: judge(
      load.oracle.totals(),
      observed.settings.latePolicy,
      { ...paths.micro_batch, coverage: coverage.micro },
      { ...paths.scheduled_batch, coverage: coverage.scheduled },
    ),
    paths: {
      microBatch: pathReport(paths.micro_batch, coverage.micro, observed, isReplay),
      scheduledBatch: pathReport(paths.scheduled_batch, coverage.scheduled, observed, isReplay),
    },
    faults: observed.kills,
    schemas: { microBatch: kept(run.schemas.micro_batch), scheduledBatch: kept(run.schemas.scheduled_batch) },
  };
}

function loadReport({ load, sent }: Observations, options: BenchmarkOptions): LoadReport {
  const { replay } = load;
  return {
    options: shapingOptions(options),
    records: sent.records,
    lines: sent.lines,
    events: load.oracle.totals().events,
    bytes: sent.bytes,
    windows: load.oracle.byHost().size,
    retriedEntries: sent.retriedEntries,
    sendLagMs: distributionOf([...sent.lagsMs].map((value) => ({ value, weight: 1 }))),
    input:
      replay === null
        ? null
        : {
            format: replay.format,
            linesRead: replay.linesRead,
            blankLines: replay.blankLines,
            unparsed: replay.unparsed,
          },
  };
}

/** The options that had an effect on what was sent. */
function shapingOptions(options: BenchmarkOptions): Record<string, unknown> {
  const ofTheLoad = options.input === undefined ? OF_GENERATED_LOAD : (['input', ...OF_REAL_LOAD] as const);
  const names = [...OF_ANY_LOAD, ...ofTheLoad];
  return Object.fromEntries(names.map((name) => [name, options[name] ?? null]));
}

function pathReport(
  { totals, comparison, ledger, platform, quarantine }: PathObservations,
  coverage: Coverage,
  { load, settings }: Observations,
  isReplay: boolean,
): PathReport {
  const windows = [...load.oracle.byHost().keys()];
  // A window that began before the load did was over before anybody counted: late events only fill it.
  const ofTheLoad = windows.filter((startMs) => startMs >= load.startMs);
  const { finalityMs } = finalityOf(ledger, ofTheLoad, settings.windowMs);
  const { openWindows } = finalityOf(ledger, windows, settings.windowMs);
  return {
    freshnessMs: freshnessOf(ledger),
    endToEndMs: distributionOf(coverage.endToEnd),
    finalityMs: isReplay ? null : finalityMs,
    openWindows,
    ...platformFigures(platform),
    commits: ledger.length,
    rowsWritten: totals.rowsWritten,
    rowsFinal: totals.rowsFinal,
    cpuMs: sumOf(ledger, ({ cpuMs }) => cpuMs),
    readWaitMs: sumOf(ledger, ({ readWaitMs }) => readWaitMs),
    databaseWaitMs: sumOf(ledger, ({ databaseWaitMs }) => databaseWaitMs),
    tables: {
      byHost: { rows: comparison.byHost.rows, digest: comparison.byHost.digest },
      bySource: { rows: comparison.bySource.rows, digest: comparison.bySource.digest },
    },
    quarantine,
  };
}
