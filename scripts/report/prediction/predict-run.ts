import { UsageError } from '#text/usage-error.ts';
import type { Named } from '../compare/compare-reports.ts';
import { findDifferences, findObstacle } from '../compare/differences.ts';
import { findGap } from '../definition/model-of.ts';
import type { Report } from '../definition/report.ts';
import { type Prediction, predictReport, type Unit } from './predictions.ts';

/** A run as the model of another run predicts it. */
export type PredictedRun = {
  readonly first: Report;
  readonly other: Report;
  readonly predictions: readonly Prediction[];
  /** Why the CPU is left out; null where it is compared. */
  readonly leftOut: string | null;
};

/**
 * Predicts every phase of the other run with the first run's model.
 *
 * @throws UsageError in one line that names the report and the reason, where the two can't be compared
 */
export function predictRun(first: Named, other: Named): PredictedRun {
  refuseFirst(first, other);
  const why = whyUnpredictable(other.report) ?? findGap({ scenario: other.report.scenario });
  if (why !== null) throw new UsageError(`Can't compare with --against '${other.file}': ${why}`);
  const predictions = predictReport(first.report.model.parameters, other.report);
  return { first: first.report, other: other.report, ...leaveOutCpu(first.report, other.report, predictions) };
}

function refuseFirst({ file, report }: Named, other: Named): void {
  if (report.digest === other.report.digest) {
    throw new UsageError(
      `Can't compare with --against '${other.file}': it is the same report as --report '${file}', which its model was fitted to: expected another run's`,
    );
  }
  const { microBatch, scheduledBatch } = report.model.fits;
  if (microBatch.cpu === null && scheduledBatch.cpu === null) {
    throw new UsageError(
      `Can't predict from --report '${file}': nothing was fitted in it (${microBatch.whyNot}): run the benchmark with drains`,
    );
  }
  const gap = findGap({ model: report.model });
  if (gap !== null) throw new UsageError(`Can't predict from --report '${file}': ${gap}; run the benchmark again`);
}

/** The model predicts loads whose rate and keys it can describe, from runs whose counts were exact. */
function whyUnpredictable({ exact, experiment, load, settings, faults }: Report): string | null {
  const { lateShare, malformed, eventStart, partitionBy } = load.options;
  if (!exact) return 'its counts were not exact, so none of its figures means anything';
  if (experiment !== 'live') return 'it replayed a log: expected a generated load, whose rate and keys are known';
  if (typeof eventStart === 'number')
    return 'its events were of the past (--event-start): expected events of its own time';
  if (partitionBy === 'host')
    return 'its records were partitioned by host (--partition-by), of which the model knows nothing: expected spread keys';
  if (isPositive(lateShare)) return 'some of its events came late (--late-share), which the model leaves out';
  if (isPositive(malformed)) return 'some of its lines were malformed (--malformed), which the model leaves out';
  if (faults.length > 0) return 'environments were killed in it (--chaos), which the model leaves out';
  if (load.measuredMs < settings.windowMs) {
    return `its load of ${load.measuredMs / 1_000} s is shorter than its window of ${settings.windowMs / 1_000} s: expected a whole window at least`;
  }
  return null;
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}

const CPU_UNITS: readonly Unit[] = ['ms CPU', 'µs CPU per event'];

/** The CPU of a model is that of the machine it was fitted on, so on another machine or target its error says nothing. */
function leaveOutCpu(
  first: Report,
  other: Report,
  predictions: readonly Prediction[],
): Pick<PredictedRun, 'predictions' | 'leftOut'> {
  const obstacle = findObstacle(['target', 'machine'], findDifferences(first, other));
  if (obstacle === null) return { predictions, leftOut: null };
  return {
    predictions: predictions.filter(({ unit }) => !CPU_UNITS.includes(unit)),
    leftOut: `CPU, ${obstacle.reason}`,
  };
}
