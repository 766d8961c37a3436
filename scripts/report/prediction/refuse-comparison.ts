import { UsageError } from '#text/usage-error.ts';
import { findGap } from '../definition/find-gap.ts';
import type { Report } from '../definition/report.ts';

/**
 * A model can only be held against a run whose load it knows how to describe, and that was counted exactly.
 *
 * @throws UsageError in one line that names the report and what of it stands against it
 */
export function refuseComparison(first: Report, firstFile: string, other: Report, otherFile: string): void {
  if (first.digest === other.digest) {
    throw new UsageError(
      `Can't compare with --against '${otherFile}': it is the same report as --report '${firstFile}', which its model was fitted to: expected another run's`,
    );
  }
  const { microBatch, scheduledBatch } = first.model.fits;
  if (microBatch.cpu === null && scheduledBatch.cpu === null) {
    throw new UsageError(
      `Can't predict from --report '${firstFile}': nothing was fitted in it (${microBatch.whyNot}): run the benchmark with drains`,
    );
  }
  const gap = findGap({ model: first.model });
  if (gap !== null) throw new UsageError(`Can't predict from --report '${firstFile}': ${gap}; run the benchmark again`);
  const why = whyIncomparable(other) ?? findGap({ scenario: other.scenario });
  if (why === null) return;
  throw new UsageError(`Can't compare with --against '${otherFile}': ${why}`);
}

function whyIncomparable({ exact, experiment, load, settings, faults }: Report): string | null {
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
