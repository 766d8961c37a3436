import type { ModelParameters } from '#model/parameters.ts';
import { planBatchRun } from '#model/timing/batch-run.ts';
import { scheduledBatchDelays } from '#model/timing/delay.ts';
import { handlerCpuMs } from '#model/timing/function-time.ts';
import { type LivePrediction, type LiveSetting, predictLiveMicroBatches } from '#model/timing/predict-phase.ts';
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

export function predictMicroBatches(of: string, setting: LiveSetting, measured: MeasuredPath): Prediction[] {
  const expected = predictLiveMicroBatches(setting, measured.coldStarts);
  return expected === null ? [] : compare(of, 'micro-batch', measured, expected);
}

/** Of a benchmark's live run, which calls the batch for each window, in an environment that is warm but for the first. */
export function predictScheduledBatches(of: string, setting: LiveSetting, measured: MeasuredPath): Prediction[] {
  const { workload, deployment, seconds } = setting;
  const warm: ModelParameters = { ...setting.parameters, initMs: 0, coldCpuMs: 0 };
  const run = planBatchRun(warm, workload, deployment);
  const runs = seconds / deployment.windowSeconds;
  const { events, records, rowsFresh, rowsWritten, parts } = run;
  const whole = { events, records, rowsFresh, rowsUpdated: rowsWritten - rowsFresh };
  const runCpuMs = handlerCpuMs(warm, 'scheduledBatch', whole) + (parts - 1) * warm.scheduledBatchCpuMs;
  return compare(of, 'scheduled-batch', measured, {
    events: events * runs,
    invocations: parts * runs,
    rowsWritten: rowsWritten * runs,
    rowsFinal: rowsFresh * runs,
    cpuMs: runCpuMs * runs + setting.parameters.coldCpuMs * measured.coldStarts,
    freshnessMeanMs: scheduledBatchDelays(warm, workload, deployment).freshnessSeconds * 1_000,
  });
}

function compare(of: string, path: Prediction['path'], measured: MeasuredPath, expected: LivePrediction): Prediction[] {
  const { freshnessMeanMs } = measured;
  const ratio = (one: number, other: number): number => (other === 0 ? 0 : one / other);
  const row = (
    figure: string,
    unit: Prediction['unit'],
    of_: (side: Omit<LivePrediction, 'freshnessMeanMs'>) => number,
  ) => ({
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
