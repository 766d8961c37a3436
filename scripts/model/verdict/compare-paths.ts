import type { Model } from '../model.ts';
import type { ModelParameters } from '../parameters.ts';
import { type Plan, planDeployment } from '../plan/plan-deployment.ts';
import { type Contender, enterPath, type PlannedWindow, planWindow } from './contender.ts';
import { createSearch, findThreshold, mapSearch, type Search, type Threshold } from './find-threshold.ts';
import { estimateObjective } from './objective.ts';
import type { PreparedScenario, Scenario } from './scenario.ts';
import { type Band, type Differ, estimateBand, type MovedInput, reachesZero } from './uncertainty.ts';

/** The best setting of streaming and the batch at one window. */
export type ComparedPaths = {
  readonly windowSeconds: number;
  readonly stream: Contender;
  readonly batch: Contender;
  /** Objective of the batch − that of streaming, USD/month; above 0 streaming is better. */
  readonly differenceUsd: number;
};

type Priced = Pick<Model, 'prices'>;
type Valued = Pick<Scenario, 'reader' | 'freshnessUsd'>;

export function comparePaths(model: Model, scenario: PreparedScenario, windowSeconds: number): ComparedPaths {
  return comparePlanned(model, scenario, planWindow(model.parameters, scenario, windowSeconds));
}

/** Compares paths that are planned already, so that a plan can be priced several times. */
export function comparePlanned(model: Priced, scenario: Valued, planned: PlannedWindow): ComparedPaths {
  const stream = enterPath(model, scenario, planned.stream);
  const batch = enterPath(model, scenario, planned.batch);
  const differenceUsd = batch.objectiveUsd - stream.objectiveUsd;
  return { windowSeconds: planned.windowSeconds, stream, batch, differenceUsd };
}

/** True if the batch is possible and, at this difference of the objectives, at least as good as streaming. */
export function isBatchBetter({ stream, batch }: ComparedPaths, differenceUsd: number): boolean {
  return batch.possible && (!stream.possible || differenceUsd <= 0);
}

/** The band of the difference within the error of the inputs. Both paths keep their chosen settings. */
export function bandOf(model: Priced, scenario: Valued, compared: ComparedPaths, moved: readonly MovedInput[]): Band {
  return estimateBand(compared.differenceUsd, moved, differBy(model, scenario, compared));
}

/** True if the batch is at least as good at the lower end of the band. */
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

/** Finds the threshold without its band, which takes most of the time. */
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
