import type { Model } from '../model.ts';
import type { ModelParameters } from '../parameters.ts';
import { type Plan, planDeployment } from '../plan/plan-deployment.ts';
import { type Contender, enterPath, type PlannedWindow, planWindow } from './contender.ts';
import { createSearch, findThreshold, mapSearch, type Search, type Threshold } from './find-threshold.ts';
import { estimateObjective } from './objective.ts';
import type { PreparedScenario, Scenario } from './scenario.ts';
import { type Band, type Differ, estimateBand, type MovedInput, reachesZero } from './uncertainty.ts';

/** The best of streaming and the batch at one window. */
export type ComparedPaths = {
  readonly windowSeconds: number;
  readonly stream: Contender;
  readonly batch: Contender;
  /** Objective of the batch less that of streaming: above 0 streaming is better. */
  readonly differenceUsd: number;
};

type Priced = Pick<Model, 'prices'>;
type Valued = Pick<Scenario, 'reader' | 'freshnessUsd'>;

export function comparePaths(model: Model, scenario: PreparedScenario, windowSeconds: number): ComparedPaths {
  return comparePlanned(model, scenario, planWindow(model.parameters, scenario, windowSeconds));
}

/** The same of paths that are planned already. */
export function comparePlanned(model: Priced, scenario: Valued, planned: PlannedWindow): ComparedPaths {
  const stream = enterPath(model, scenario, planned.stream);
  const batch = enterPath(model, scenario, planned.batch);
  const differenceUsd = batch.objectiveUsd - stream.objectiveUsd;
  return { windowSeconds: planned.windowSeconds, stream, batch, differenceUsd };
}

/** Whether the batch is at least as good, at this difference of the objectives; never where it can't do it at all. */
export function isBatchBetter({ stream, batch }: ComparedPaths, differenceUsd: number): boolean {
  return batch.possible && (!stream.possible || differenceUsd <= 0);
}

/** Where the difference lies within the error. The setting of streaming stays the one that was chosen. */
export function bandOf(model: Priced, scenario: Valued, compared: ComparedPaths, moved: readonly MovedInput[]): Band {
  return estimateBand(compared.differenceUsd, moved, differBy(model, scenario, compared));
}

/** Whether the batch is at least as good within the error: at the band's lower end. */
export function mayBatchBeBetter(
  model: Priced,
  scenario: Valued,
  compared: ComparedPaths,
  moved: readonly MovedInput[],
): boolean {
  const { stream, batch, differenceUsd } = compared;
  if (!stream.possible || !batch.possible) return batch.possible;
  return reachesZero(differenceUsd, moved, differBy(model, scenario, compared));
}

function differBy(model: Priced, scenario: Valued, { stream, batch }: ComparedPaths): Differ {
  const objectiveUsd = (parameters: ModelParameters, { workload, deployment }: Plan): number =>
    estimateObjective(model, scenario, planDeployment(parameters, workload, deployment)).objectiveUsd;
  return (parameters) => objectiveUsd(parameters, batch.plan) - objectiveUsd(parameters, stream.plan);
}

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
