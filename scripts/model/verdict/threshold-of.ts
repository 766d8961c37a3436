import type { Model } from '../model.ts';
import { comparePlanned, isBatchBetter, mayBatchBeBetter } from './compare-paths.ts';
import { type PlannedWindow, planWindow } from './contender.ts';
import { createSearch, findThreshold, mapSearch, type Search, type Threshold } from './find-threshold.ts';
import type { PreparedScenario, Scenario } from './scenario.ts';
import type { MovedInput } from './uncertainty.ts';

/**
 * Plans a scenario at every window of a search.
 *
 * @param scenarioAt the scenario at a window; windows are multiples of `stepMinutes`
 */
export function planSearch(
  { parameters }: Pick<Model, 'parameters'>,
  scenarioAt: (windowSeconds: number) => PreparedScenario,
  stepMinutes = 1,
): Search<PlannedWindow> {
  return createSearch((windowSeconds) => planWindow(parameters, scenarioAt(windowSeconds), windowSeconds), stepMinutes);
}

/** The threshold alone, without where it may lie within the error. */
export function thresholdOf(
  model: Pick<Model, 'prices'>,
  scenario: Pick<Scenario, 'reader' | 'freshnessUsd'>,
  planned: Search<PlannedWindow>,
  moved: readonly MovedInput[],
): Threshold {
  return findThreshold(
    mapSearch(planned, (window) => comparePlanned(model, scenario, window)),
    (compared) => isBatchBetter(compared, compared.differenceUsd),
    (compared) => mayBatchBeBetter(model, scenario, compared, moved),
  );
}
