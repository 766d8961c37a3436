import type { Model } from '../model.ts';
import { type ComparedPaths, comparePaths, isBatchBetter, mayBatchBeBetter } from './compare-paths.ts';
import { findThreshold, type Threshold } from './find-threshold.ts';
import { rememberByWindow } from './remember-by-window.ts';
import type { Scenario } from './scenario.ts';
import { type MovedInput, moveInputs } from './uncertainty.ts';

/**
 * The threshold alone, without where it may lie within the error.
 *
 * @param scenarioAt the scenario at a window; windows are multiples of `stepMinutes`
 * @param moved for whom they are moved already
 */
export function thresholdOf(
  model: Model,
  scenarioAt: (windowSeconds: number) => Scenario,
  stepMinutes = 1,
  moved: readonly MovedInput[] = moveInputs(model),
): Threshold {
  const compared = rememberByWindow((windowSeconds): ComparedPaths => {
    return comparePaths(model, scenarioAt(windowSeconds), windowSeconds);
  });
  return findThreshold(
    (windowSeconds) => isBatchBetter(compared(windowSeconds), compared(windowSeconds).differenceUsd),
    (windowSeconds) => mayBatchBeBetter(model, scenarioAt(windowSeconds), compared(windowSeconds), moved),
    stepMinutes,
  );
}
