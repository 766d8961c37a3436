import type { Model } from '../model/model.ts';
import { bandOf, type Comparison, comparePaths, isBatchBetter } from './compare-paths.ts';
import { findThreshold, type Threshold } from './find-threshold.ts';
import { rememberByWindow } from './remember-by-window.ts';
import type { Scenario } from './scenario.ts';
import { moveInputs } from './uncertainty.ts';

/**
 * The threshold alone, without where it may lie within the error.
 *
 * @param scenarioAt the scenario at a window; windows are multiples of `stepMinutes`
 */
export function thresholdOf(model: Model, scenarioAt: (windowSeconds: number) => Scenario, stepMinutes = 1): Threshold {
  const moved = moveInputs(model);
  const compared = rememberByWindow((windowSeconds): Comparison => {
    return comparePaths(model, scenarioAt(windowSeconds), windowSeconds);
  });
  return findThreshold(
    (windowSeconds) => isBatchBetter(compared(windowSeconds), compared(windowSeconds).differenceUsd),
    (windowSeconds) => {
      const { lowUsd } = bandOf(scenarioAt(windowSeconds), compared(windowSeconds), moved);
      return isBatchBetter(compared(windowSeconds), lowUsd);
    },
    stepMinutes,
  );
}
