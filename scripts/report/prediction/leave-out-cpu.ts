import { findObstacle } from '../compare/comparability.ts';
import { findDifferences } from '../compare/differences.ts';
import type { Report } from '../definition/report.ts';
import type { Prediction, Unit } from './prediction.ts';

const CPU_UNITS: readonly Unit[] = ['ms CPU', 'µs CPU per event'];

/** What can be held against what was measured, and why the CPU is not among it; null: it is. */
export type Comparable = { readonly predictions: readonly Prediction[]; readonly leftOut: string | null };

/** A model's CPU is that of the machine it was fitted on: on another one, or at another target, it tells nothing of the model. */
export function leaveOutCpu(first: Report, other: Report, predictions: readonly Prediction[]): Comparable {
  const obstacle = findObstacle(['target', 'machine'], findDifferences(first, other));
  if (obstacle === null) return { predictions, leftOut: null };
  return {
    predictions: predictions.filter(({ unit }) => !CPU_UNITS.includes(unit)),
    leftOut: `CPU, ${obstacle.reason}`,
  };
}
