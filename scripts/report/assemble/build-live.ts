import { cpus, totalmem } from 'node:os';
import { type BenchmarkOptions, OF_ANY_LOAD, OF_GENERATED_LOAD, OF_REAL_LOAD } from '#bench/benchmark-options.ts';
import type { Observations } from '#bench/experiments/observations.ts';
import type { Correctness } from '#bench/verify/correctness.ts';
import type { Coverage } from '#bench/verify/coverage.ts';
import { coverPath, judgePaths } from '#bench/verify/judge-paths.ts';
import { forBothPaths, type Path } from '#functions/contract.ts';
import { distributionOf } from '#model/statistics/percentiles.ts';
import type { LoadReport, RepeatReport, Report, RunReport } from '../definition/report.ts';
import { arrivalSpan, type LiveWindows, pathFigures, pathReport, type Span } from './path-figures.ts';

/** Judgements and times of a live run that its figures are computed from. */
export type LiveView = {
  readonly correctness: Correctness;
  readonly coverage: Readonly<Record<Path, Coverage>>;
  /** Null if the events are of the past, because their windows ended long before the run. */
  readonly windows: LiveWindows | null;
  /** The measured load without the tail that closes the last window. For a replay: from the first to the last arrival. */
  readonly span: Span;
};

export function viewOf(
  { load, settings, paths }: Observations,
  { duration, eventStart }: Pick<BenchmarkOptions, 'duration' | 'eventStart'>,
): LiveView {
  const isOfPast = load.replay !== null || eventStart !== undefined;
  // Windows that began before the load are excluded: only late events fill them.
  const startsMs = [...load.oracle.byHost().keys()].filter((startMs) => startMs >= load.startMs);
  const generated = { fromMs: load.startMs, toMs: load.startMs + duration };
  const nothing = { fromMs: load.startMs, toMs: load.startMs + 1 };
  const arrived = arrivalSpan([...paths.microBatch.ledger, ...paths.scheduledBatch.ledger]) ?? nothing;
  return {
    correctness: judgePaths(load, settings.latePolicy, paths),
    coverage: forBothPaths((path) => coverPath(load, paths[path])),
    windows: isOfPast ? null : { startsMs, windowMs: settings.windowMs },
    span: load.replay === null ? generated : arrived,
  };
}

/** Builds the fields of the live run that is shown in full. */
export function buildLive(
  observed: Observations,
  view: LiveView,
  options: BenchmarkOptions,
): Pick<
  Report,
  | 'experiment'
  | 'run'
  | 'machine'
  | 'settings'
  | 'stream'
  | 'load'
  | 'correctness'
  | 'paths'
  | 'timeline'
  | 'faults'
  | 'schemas'
> {
  const { run, settings, timeline, kills, paths, load } = observed;
  const { windowMs } = settings;
  const reported = { ...view, startMs: load.startMs, allStartsMs: [...load.oracle.byHost().keys()], windowMs };
  return {
    experiment: load.replay === null ? 'live' : 'replay',
    run: buildRun(observed),
    machine: {
      cpus: cpus().length,
      memoryMb: Math.round(totalmem() / 1024 / 1024),
      platform: `${process.platform} ${process.arch}`,
      node: process.version,
    },
    settings,
    stream: { shards: options.shards, mapping: run.mapping },
    load: buildLoad(observed, options, view.span),
    correctness: view.correctness,
    paths: forBothPaths((path) => pathReport(paths[path], view.coverage[path], reported)),
    timeline,
    faults: kills,
    schemas: forBothPaths((path) => (options.keep ? run.schemas[path] : null)),
  };
}

/** Builds the figures by which one repeat of the live run is compared with the others. */
export function buildRepeat(observed: Observations, { correctness, coverage, windows }: LiveView): RepeatReport {
  return {
    run: buildRun(observed),
    exact: correctness.exact,
    paths: forBothPaths((path) => pathFigures(observed.paths[path], coverage[path], windows)),
  };
}

function buildRun({ run, startedMs, endedMs }: Observations): RunReport {
  return {
    id: run.id,
    startedAt: new Date(startedMs).toISOString(),
    endedAt: new Date(endedMs).toISOString(),
    durationMs: endedMs - startedMs,
  };
}

/** @param span the measured load */
function buildLoad({ load, sent }: Observations, options: BenchmarkOptions, span: Span): LoadReport {
  const { replay } = load;
  const windows = [...load.oracle.byHost().keys()];
  return {
    options: shapingOptions(options),
    startedAt: new Date(load.startMs).toISOString(),
    measuredMs: span.toMs - span.fromMs,
    records: sent.records,
    lines: sent.lines,
    events: load.oracle.totals().events,
    bytes: sent.bytes,
    windows: windows.length,
    earlierWindows: windows.filter((startMs) => startMs < load.startMs).length,
    retriedEntries: sent.retriedEntries,
    sendLagMs: distributionOf([...sent.lagsMs].map((value) => ({ value, weight: 1 }))),
    input: replay && {
      format: replay.format,
      linesRead: replay.linesRead,
      blankLines: replay.blankLines,
      unparsed: replay.unparsed,
    },
  };
}

/** Options that had an effect on the load. */
function shapingOptions(options: BenchmarkOptions): Record<string, unknown> {
  const ofTheLoad = options.input === undefined ? OF_GENERATED_LOAD : (['input', ...OF_REAL_LOAD] as const);
  const names = [...OF_ANY_LOAD, ...ofTheLoad];
  return Object.fromEntries(names.map((name) => [name, options[name] ?? null]));
}
