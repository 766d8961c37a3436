import { planBatchRun } from '../model/batch-run.ts';
import { microBatchDelays, scheduledBatchDelays } from '../model/delay.ts';
import type { Deployment } from '../model/deployment.ts';
import { microBatchCpuMs, scheduledBatchCpuMs } from '../model/function-time.ts';
import { planMicroBatch } from '../model/micro-batch.ts';
import type { ModelParameters } from '../model/parameters.ts';
import type { Workload } from '../model/workload.ts';
import type { Prediction } from './prediction.ts';

/** What a live run measured of one path, over its whole load. */
export type MeasuredPath = {
  readonly events: number;
  /** That committed. */
  readonly invocations: number;
  readonly rowsWritten: number;
  readonly rowsFinal: number;
  readonly cpuMs: number;
  /** Null where nothing was counted. */
  readonly freshnessMeanMs: number | null;
  /** Invocations of a new environment: when the platform starts one is not the model's to say, so they are taken as they were. */
  readonly coldStarts: number;
};

/** How a path was run: so long at this load, with these settings. */
export type LiveSetting = {
  readonly parameters: ModelParameters;
  readonly workload: Workload;
  readonly deployment: Deployment;
  /** Length of the load, its tail included, s. */
  readonly seconds: number;
};

type Expected = Omit<MeasuredPath, 'freshnessMeanMs' | 'coldStarts' | 'events'> & {
  readonly events: number;
  readonly freshnessMeanMs: number;
};

export function predictMicroBatches(of: string, setting: LiveSetting, measured: MeasuredPath): Prediction[] {
  const { parameters, workload, deployment, seconds } = setting;
  const batch = planMicroBatch(parameters, workload, deployment);
  if (batch === null) return [];
  const invocations = (deployment.shards / batch.spanSeconds) * seconds;
  return compare(of, 'micro-batch', measured, {
    events: batch.events * invocations,
    invocations,
    rowsWritten: batch.rowsWritten * invocations,
    rowsFinal: batch.rowsFresh * invocations,
    cpuMs: microBatchCpuMs(parameters, batch) * invocations + parameters.coldCpuMs * measured.coldStarts,
    freshnessMeanMs: microBatchDelays(parameters, workload, deployment).freshnessSeconds * 1_000,
  });
}

/** Of a benchmark's live run, which calls the batch for each window, in an environment that is warm but for the first. */
export function predictScheduledBatches(of: string, setting: LiveSetting, measured: MeasuredPath): Prediction[] {
  const { workload, deployment, seconds } = setting;
  const warm: ModelParameters = { ...setting.parameters, initMs: 0, coldCpuMs: 0 };
  const run = planBatchRun(warm, workload, deployment);
  const runs = seconds / deployment.windowSeconds;
  const { events, records, rowsFresh, rowsWritten, parts } = run;
  const whole = { events, records, rowsFresh, rowsUpdated: rowsWritten - rowsFresh };
  const runCpuMs = scheduledBatchCpuMs(warm, whole) + (parts - 1) * warm.scheduledBatchCpuMs;
  return compare(of, 'scheduled-batch', measured, {
    events: events * runs,
    invocations: parts * runs,
    rowsWritten: rowsWritten * runs,
    rowsFinal: rowsFresh * runs,
    cpuMs: runCpuMs * runs + setting.parameters.coldCpuMs * measured.coldStarts,
    freshnessMeanMs: scheduledBatchDelays(warm, workload, deployment).freshnessSeconds * 1_000,
  });
}

function compare(of: string, path: Prediction['path'], measured: MeasuredPath, expected: Expected): Prediction[] {
  const { freshnessMeanMs } = measured;
  const ratio = (one: number, other: number): number => (other === 0 ? 0 : one / other);
  const row = (figure: string, unit: Prediction['unit'], of_: (side: Omit<Expected, 'freshnessMeanMs'>) => number) => ({
    of,
    path,
    figure,
    unit,
    predicted: of_(expected),
    measured: of_(measured),
  });
  return [
    row('invocations', 'invocations', ({ invocations }) => invocations),
    row('rows written per final row', 'rows per final row', (side) => ratio(side.rowsWritten, side.rowsFinal)),
    row('CPU per invocation', 'ms CPU', ({ cpuMs, invocations }) => ratio(cpuMs, invocations)),
    row('CPU per event', 'µs CPU per event', ({ cpuMs, events }) => ratio(cpuMs * 1_000, events)),
    ...(freshnessMeanMs === null
      ? []
      : [
          {
            of,
            path,
            figure: 'freshness, mean',
            unit: 'ms' as const,
            predicted: expected.freshnessMeanMs,
            measured: freshnessMeanMs,
          },
        ]),
  ];
}
