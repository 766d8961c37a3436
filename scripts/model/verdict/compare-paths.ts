import type { Model } from '../model.ts';
import { type Contender, enterBatch, enterStream } from './contender.ts';
import { estimateObjective } from './objective.ts';
import type { Scenario } from './scenario.ts';
import { type Band, type Differ, estimateBand, type MovedInput, reachesZero } from './uncertainty.ts';

/** The best of streaming and the batch at one window. */
export type ComparedPaths = {
  readonly windowSeconds: number;
  readonly stream: Contender;
  readonly batch: Contender;
  /** Objective of the batch less that of streaming: above 0 streaming is better. */
  readonly differenceUsd: number;
};

export function comparePaths(model: Model, scenario: Scenario, windowSeconds: number): ComparedPaths {
  const stream = enterStream(model, scenario, windowSeconds);
  const batch = enterBatch(model, scenario, windowSeconds);
  return { windowSeconds, stream, batch, differenceUsd: batch.objectiveUsd - stream.objectiveUsd };
}

/** Whether the batch is at least as good, at this difference of the objectives; never where it can't do it at all. */
export function isBatchBetter({ stream, batch }: ComparedPaths, differenceUsd: number): boolean {
  return batch.possible && (!stream.possible || differenceUsd <= 0);
}

/** Where the difference lies within the error. The setting of streaming stays the one that was chosen. */
export function bandOf(model: Model, scenario: Scenario, compared: ComparedPaths, moved: readonly MovedInput[]): Band {
  return estimateBand(compared.differenceUsd, moved, differBy(model, scenario, compared));
}

/** Whether the batch is at least as good within the error: at the band's lower end. */
export function mayBatchBeBetter(
  model: Model,
  scenario: Scenario,
  compared: ComparedPaths,
  moved: readonly MovedInput[],
): boolean {
  const { stream, batch, differenceUsd } = compared;
  if (!stream.possible || !batch.possible) return batch.possible;
  return reachesZero(differenceUsd, moved, differBy(model, scenario, compared));
}

function differBy({ prices }: Model, scenario: Scenario, { stream, batch }: ComparedPaths): Differ {
  return (parameters) => {
    const model = { parameters, prices };
    const ofBatch = estimateObjective(model, scenario, batch.deployment).objectiveUsd;
    return ofBatch - estimateObjective(model, scenario, stream.deployment).objectiveUsd;
  };
}
