import { type Deployment, defaultDeployment } from '../model/deployment.ts';
import type { ModelParameters } from '../model/parameters.ts';
import type { LiveSetting } from '../report/predict-phase.ts';
import type { PathFigures, PathReport, Report } from '../report/report.ts';
import { formatSpan } from '../text/format-span.ts';
import { predictDrain } from './predict-drain.ts';
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
          deployment: deploymentOf(other, parameters, phase),
          seconds: phase.durationMs / 1_000,
        },
        { ...measuredOf(phase.path, phase.path.invocations), coldStarts: phase.coldStarts ?? 0 },
      ),
    ),
    ...other.drains.flatMap((drain) => predictDrain(parameters, workload.keys, drain)),
  ];
}

function predictLive(parameters: ModelParameters, other: Report): Prediction[] {
  const { settings, stream, load, paths, scenario } = other;
  const setting: LiveSetting = {
    parameters,
    workload: scenario.workload,
    deployment: deploymentOf(other, parameters, { ...stream, settings }),
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

/** How a benchmark ran: both paths called when it is time, on a database that is awake. */
function deploymentOf(
  { target }: Report,
  parameters: ModelParameters,
  { settings, mapping, shards }: Pick<Report['drains'][number], 'settings' | 'mapping' | 'shards'>,
): Deployment {
  const standard = defaultDeployment('both');
  return {
    ...standard,
    windowSeconds: settings.windowMs / 1_000,
    boundSeconds: settings.boundMs / 1_000,
    marginSeconds: settings.marginMs / 1_000,
    shards,
    batchSize: mapping.batchSize,
    batchingWindowSeconds: mapping.batchingWindowSeconds,
    tickSeconds: 0,
    regime: 'always-on',
    // Elsewhere than on AWS a function has a core of its own, whatever its memory.
    memoryMb: target.name === 'aws' ? standard.memoryMb : parameters.memoryMbPerCore,
  };
}
