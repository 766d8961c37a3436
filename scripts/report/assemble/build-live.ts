import { cpus, totalmem } from 'node:os';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { Observations } from '#bench/experiments/observations.ts';
import type { Report } from '../definition/report.ts';
import { buildLoad } from './build-load.ts';
import { buildPath } from './build-path.ts';
import { buildRun } from './build-repeat.ts';
import type { LiveView } from './live-view.ts';

/** The live run that is shown in full. */
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
  const { run, settings, timeline, kills, paths } = observed;
  const kept = (schema: string): string | null => (options.keep ? schema : null);
  return {
    experiment: observed.load.replay === null ? 'live' : 'replay',
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
    paths: {
      microBatch: buildPath(paths.microBatch, view.coverage.microBatch, observed, view),
      scheduledBatch: buildPath(paths.scheduledBatch, view.coverage.scheduledBatch, observed, view),
    },
    timeline,
    faults: kills,
    schemas: { microBatch: kept(run.schemas.microBatch), scheduledBatch: kept(run.schemas.scheduledBatch) },
  };
}
