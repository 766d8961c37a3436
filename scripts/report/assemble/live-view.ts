import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { Observations } from '#bench/experiments/observations.ts';
import type { Correctness } from '#bench/verify/correctness.ts';
import type { Coverage } from '#bench/verify/coverage.ts';
import { coverPath, judgePaths } from '#bench/verify/judge-paths.ts';
import { forBothPaths } from '#functions/contract.ts';
import type { LiveWindows } from './path-figures.ts';
import { arrivalSpan, type Span } from './slice-load.ts';

/** What must be known of a live run before its figures can be told. */
export type LiveView = {
  readonly correctness: Correctness;
  readonly coverage: { readonly microBatch: Coverage; readonly scheduledBatch: Coverage };
  /** Null where its events are of the past: windows that are over can't become final late. */
  readonly windows: LiveWindows | null;
  /** Its measured load: without the tail that closes the last window; of a replay, from first to last arrival. */
  readonly span: Span;
};

export function viewOf(
  { load, settings, paths }: Observations,
  { duration, eventStart }: Pick<BenchmarkOptions, 'duration' | 'eventStart'>,
): LiveView {
  const isOfPast = load.replay !== null || eventStart !== undefined;
  // A window that began before the load did was over before anybody counted: late events only fill it.
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
