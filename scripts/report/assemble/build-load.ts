import { type BenchmarkOptions, OF_ANY_LOAD, OF_GENERATED_LOAD, OF_REAL_LOAD } from '#bench/benchmark-options.ts';
import type { Observations } from '#bench/experiments/observations.ts';
import { distributionOf } from '#model/statistics/percentiles.ts';
import type { LoadReport } from '../definition/report.ts';
import type { Span } from './slice-load.ts';

/** @param span the measured load */
export function buildLoad({ load, sent }: Observations, options: BenchmarkOptions, span: Span): LoadReport {
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
