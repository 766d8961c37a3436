import type { Place } from '#bench/targets/target.ts';
import type { PathName } from '#functions/contract.ts';
import { type Deployment, defaultDeployment, type Paths } from '#model/deployment.ts';
import type { ModelParameters } from '#model/parameters.ts';
import { type Plan, planDeployment } from '#model/plan/plan-deployment.ts';
import { type LivePrediction, predictLiveMicroBatches, predictLiveScheduledBatches } from '#model/plan/predict-live.ts';
import {
  type DrainInvocations,
  type DrainPrediction,
  type KnownInvocation,
  type PhasePrediction,
  predictDrain,
} from '#model/timing/predict-phase.ts';
import type { RowTable } from '#model/workload/row-table.ts';
import { type PreparedWorkload, prepareWorkload } from '#model/workload/workload.ts';
import { formatSpan } from '#text/format-span.ts';
import type { DrainReport, PathFigures, PathReport, Report } from '../definition/report.ts';

/** Unit of a figure; it decides how many digits are shown. */
export type Unit = 'invocations' | 'rows' | 'rows per final row' | 'ms CPU' | 'µs CPU per event' | 'ms';

/** A measured figure beside the prediction of a model that was fitted without it. */
export type Prediction = {
  /** Phase of the run: `live run`, `drain of 5 minutes`. */
  readonly of: string;
  readonly path: PathName;
  readonly figure: string;
  readonly unit: Unit;
  readonly predicted: number;
  readonly measured: number;
};

/** (predicted − measured) ÷ measured; null where the measured figure is 0. */
export function differenceOf({ predicted, measured }: Pick<Prediction, 'predicted' | 'measured'>): number | null {
  return measured === 0 ? null : predicted / measured - 1;
}

// Predicting a phase: a report that is assembled and a report that is read describe it with the same fields.

/** How a phase was run. */
type PhaseSetting = Pick<DrainReport, 'settings' | 'mapping' | 'shards'>;

/**
 * The deployment that predicts a measured phase: the batch is called when it is due, on a database that is awake, with the core
 * that its functions had.
 */
function deploymentOf(
  paths: Paths,
  { settings, mapping, shards }: PhaseSetting,
  { name }: Pick<Place, 'name'>,
  { memoryMbPerCore }: ModelParameters,
): Deployment {
  const standard = defaultDeployment(paths);
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
    // Outside AWS a function has a whole core, whatever its memory.
    memoryMb: name === 'aws' ? standard.memoryMb : memoryMbPerCore,
  };
}

/** Predicts a drain: its batch, cold and warm, and the micro-batches of its catch-up. */
export function predictDrainPhase(
  parameters: ModelParameters,
  countRows: RowTable,
  { windowMs, settings, load, shards }: Pick<DrainReport, 'windowMs' | 'settings' | 'load' | 'shards'>,
  invocations: DrainInvocations,
): DrainPrediction {
  const lagMs = settings.boundMs + settings.marginMs;
  return predictDrain(parameters, { countRows, events: load.events, windowMs, lagMs, shards }, invocations);
}

/** The micro-batch path alone on a live load. */
type BatchingWindowPhase = PhaseSetting & {
  readonly durationMs: number;
  /** Invocations of a new environment, taken as measured: when the platform starts one is outside the model. */
  readonly coldStarts: number;
};

/** Predicts a run with another batching window; null where no events come. */
export function predictBatchingWindow(
  parameters: ModelParameters,
  workload: PreparedWorkload,
  target: Pick<Place, 'name'>,
  phase: BatchingWindowPhase,
): LivePrediction | null {
  const deployment = deploymentOf('micro-batch', phase, target, parameters);
  const plan = planDeployment(parameters, workload, deployment);
  return predictLiveMicroBatches(plan, phase.durationMs / 1_000, phase.coldStarts);
}

// Predicted beside measured.

/** The report's own predictions, each by a model that was fitted to everything but that phase. */
export function unseenPredictions({
  drains,
  batchingWindows,
}: Pick<Report, 'drains' | 'batchingWindows'>): Prediction[] {
  return [
    ...drains.flatMap(({ windowMs, cold, warm, catchUp }) => {
      const drain = nameDrain(windowMs);
      return [
        ...(cold === null ? [] : compareWork(`${drain}, cold batch`, 'scheduled-batch', cold, cold.predicted)),
        ...compareWork(`${drain}, warm batch`, 'scheduled-batch', warm, warm.predicted),
        ...compareWork(`${drain}, catch-up`, 'micro-batch', catchUp, catchUp.predicted),
      ];
    }),
    ...batchingWindows.flatMap(({ batchingWindowSeconds, path, predicted }) =>
      compareWork(`batching window ${formatSpan(batchingWindowSeconds)}`, 'micro-batch', path, predicted),
    ),
  ];
}

function compareWork(of: string, path: PathName, measured: PhasePrediction, predicted: PhasePrediction): Prediction[] {
  return [
    { of, path, figure: 'CPU', unit: 'ms CPU', predicted: predicted.cpuMs, measured: measured.cpuMs },
    {
      of,
      path,
      figure: 'rows written',
      unit: 'rows',
      predicted: predicted.rowsWritten,
      measured: measured.rowsWritten,
    },
  ];
}

/** Every phase of a report as the model of another report predicts it. */
export function predictReport(parameters: ModelParameters, report: Report): Prediction[] {
  const workload = prepareWorkload(report.scenario.workload);
  return [
    ...compareLive(parameters, workload, report),
    ...report.batchingWindows.flatMap((phase) => {
      const predicted = predictBatchingWindow(parameters, workload, report.target, phase);
      const of = `batching window of ${formatSpan(phase.batchingWindowSeconds)}`;
      return compareLivePath(of, 'micro-batch', measuredOf(phase.path, phase.path.invocations), predicted);
    }),
    ...report.drains.flatMap((drain) => compareDrain(parameters, workload.countRows, drain)),
  ];
}

type PredictLive = (plan: Plan, seconds: number, coldStarts: number) => LivePrediction | null;

function compareLive(parameters: ModelParameters, workload: PreparedWorkload, report: Report): Prediction[] {
  const { settings, stream, load, paths, target } = report;
  const deployment = deploymentOf('both', { ...stream, settings }, target, parameters);
  const plan = planDeployment(parameters, workload, deployment);
  // The measured load, and the tail that closes its last window.
  const seconds = (load.measuredMs + settings.boundMs + settings.windowMs) / 1_000;
  const compare = (path: PathName, measured: PathReport, predict: PredictLive): Prediction[] =>
    compareLivePath(
      'live run',
      path,
      measuredOf(measured, measured.commits),
      predict(plan, seconds, measured.coldStartsAtMs.length),
    );
  return [
    ...compare('micro-batch', paths.microBatch, predictLiveMicroBatches),
    ...compare('scheduled-batch', paths.scheduledBatch, predictLiveScheduledBatches),
  ];
}

/** Figures of one path over a whole load; the freshness is null where nothing was counted. */
type MeasuredPath = Omit<LivePrediction, 'freshnessMeanMs'> & { readonly freshnessMeanMs: number | null };

/** @param invocations those that committed */
function measuredOf(path: PathFigures, invocations: number): MeasuredPath {
  const { events, rowsWritten, rowsFinal, cpuMs, freshnessMs } = path;
  return { events, invocations, rowsWritten, rowsFinal, cpuMs, freshnessMeanMs: freshnessMs?.mean ?? null };
}

/** Ratios of each figure that the two sides share. */
function compareLivePath(
  of: string,
  path: PathName,
  measured: MeasuredPath,
  predicted: LivePrediction | null,
): Prediction[] {
  if (predicted === null) return [];
  const row = (figure: string, unit: Unit, read: (side: MeasuredPath) => number | null): Prediction[] => {
    const [one, two] = [read(predicted), read(measured)];
    return one === null || two === null ? [] : [{ of, path, figure, unit, predicted: one, measured: two }];
  };
  const ratio = (one: number, other: number): number => (other === 0 ? 0 : one / other);
  return [
    ...row('invocations', 'invocations', ({ invocations }) => invocations),
    ...row('rows written per final row', 'rows per final row', (side) => ratio(side.rowsWritten, side.rowsFinal)),
    ...row('CPU per invocation', 'ms CPU', ({ cpuMs, invocations }) => ratio(cpuMs, invocations)),
    ...row('CPU per event', 'µs CPU per event', ({ cpuMs, events }) => ratio(cpuMs * 1_000, events)),
    ...row('freshness, mean', 'ms', ({ freshnessMeanMs }) => freshnessMeanMs),
  ];
}

/** The number of invocations is taken as measured. */
function compareDrain(parameters: ModelParameters, countRows: RowTable, drain: DrainReport): Prediction[] {
  const { windowMs, cold, warm, catchUp } = drain;
  const predicted = predictDrainPhase(parameters, countRows, drain, {
    cold: cold === null ? null : averageInvocations(cold, true),
    warm: averageInvocations(warm, false),
    catchUp: averageInvocations(catchUp, false),
  });
  const row = (path: PathName, figure: string, unit: Unit, one: number, two: number): Prediction => {
    return { of: nameDrain(windowMs), path, figure, unit, predicted: one, measured: two };
  };
  return [
    row('scheduled-batch', 'rows written', 'rows', predicted.rows.fresh, warm.rowsWritten),
    row('scheduled-batch', 'CPU, warm', 'ms CPU', predicted.warm.cpuMs, warm.cpuMs),
    ...(cold === null || predicted.cold === null
      ? []
      : [row('scheduled-batch', 'CPU, cold', 'ms CPU', predicted.cold.cpuMs, cold.cpuMs)]),
    row('micro-batch', 'rows written, catching up', 'rows', predicted.rows.written, catchUp.rowsWritten),
    row('micro-batch', 'CPU, catching up', 'ms CPU', predicted.catchUp.cpuMs, catchUp.cpuMs),
  ];
}

/** A report holds the sums of a phase, so its invocations share them equally; the first one may be cold. */
function averageInvocations(
  { invocations, events, records }: Pick<DrainReport['warm'], 'invocations' | 'events' | 'records'>,
  isCold: boolean,
): KnownInvocation[] {
  return Array.from({ length: invocations }, (_, index) => ({
    cold: isCold && index === 0,
    events: events / invocations,
    records: records / invocations,
  }));
}

function nameDrain(windowMs: number): string {
  return `drain of ${formatSpan(windowMs / 1_000)}`;
}
