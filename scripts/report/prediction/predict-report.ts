import type { ModelParameters } from '#model/parameters.ts';
import type { LiveSetting } from '#model/timing/predict-phase.ts';
import { formatSpan } from '#text/format-span.ts';
import { measuredDeployment } from '../definition/measured-deployment.ts';
import type { PathFigures, PathReport, Report } from '../definition/report.ts';
import { compareDrain } from './compare-drain.ts';
import { type MeasuredPath, predictMicroBatches, predictScheduledBatches } from './predict-invocations.ts';
import type { Prediction } from './prediction.ts';

/** What a model says of everything that another run measured, beside what that measured. */
export function predictReport(parameters: ModelParameters, other: Report): Prediction[] {
  const { workload } = other.scenario;
  return [
    ...predictLive(parameters, other),
    ...other.batchingWindows.flatMap((phase) =>
      predictMicroBatches(
        `batching window of ${formatSpan(phase.batchingWindowSeconds)}`,
        {
          parameters,
          workload,
          deployment: measuredDeployment('micro-batch', phase, other.target, parameters),
          seconds: phase.durationMs / 1_000,
        },
        { ...measuredOf(phase.path, phase.path.invocations), coldStarts: phase.coldStarts },
      ),
    ),
    ...other.drains.flatMap((drain) => compareDrain(parameters, workload.keys, drain)),
  ];
}

function predictLive(parameters: ModelParameters, other: Report): Prediction[] {
  const { settings, stream, load, paths, scenario, target } = other;
  const setting: LiveSetting = {
    parameters,
    workload: scenario.workload,
    deployment: measuredDeployment('both', { ...stream, settings }, target, parameters),
    // What was measured, and the tail that closed its last window.
    seconds: (load.measuredMs + settings.boundMs + settings.windowMs) / 1_000,
  };
  const of = (path: PathReport): MeasuredPath => ({
    ...measuredOf(path, path.commits),
    coldStarts: path.coldStartsAtMs.length,
  });
  return [
    ...predictMicroBatches('live run', setting, of(paths.microBatch)),
    ...predictScheduledBatches('live run', setting, of(paths.scheduledBatch)),
  ];
}

function measuredOf(path: PathFigures, invocations: number): Omit<MeasuredPath, 'coldStarts'> {
  const { events, rowsWritten, rowsFinal, cpuMs, freshnessMs } = path;
  return { events, invocations, rowsWritten, rowsFinal, cpuMs, freshnessMeanMs: freshnessMs?.mean ?? null };
}
