import type { Observations } from '#bench/experiments/observations.ts';
import type { RepeatReport, RunReport } from '../definition/phase-reports.ts';
import type { LiveView } from './live-view.ts';
import { pathFigures } from './path-figures.ts';

/** One live run of several, in the figures that repeats are compared by. */
export function buildRepeat(observed: Observations, { correctness, coverage, windows }: LiveView): RepeatReport {
  const { microBatch, scheduledBatch } = observed.paths;
  return {
    run: buildRun(observed),
    exact: correctness.exact,
    paths: {
      microBatch: pathFigures(microBatch, coverage.microBatch, windows),
      scheduledBatch: pathFigures(scheduledBatch, coverage.scheduledBatch, windows),
    },
  };
}

export function buildRun({ run, startedMs, endedMs }: Pick<Observations, 'run' | 'startedMs' | 'endedMs'>): RunReport {
  return {
    id: run.id,
    startedAt: new Date(startedMs).toISOString(),
    endedAt: new Date(endedMs).toISOString(),
    durationMs: endedMs - startedMs,
  };
}
