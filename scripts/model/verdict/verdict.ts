import type { Regime } from '../deployment.ts';
import type { Limit } from '../limits/limit.ts';
import { limitsOfBothPaths } from '../limits/limits.ts';
import type { Model } from '../model.ts';
import { bandOf, type ComparedPaths, comparePaths, isBatchBetter } from './compare-paths.ts';
import { deployAlone } from './deploy-alone.ts';
import { findEarliest, findLatest, findThreshold } from './find-threshold.ts';
import { withMemory } from './more-memory.ts';
import { rememberByWindow } from './remember-by-window.ts';
import type { Reader, Scenario } from './scenario.ts';
import { type Band, moveInputs } from './uncertainty.ts';
import { judgeComparedPaths, type WindowVerdict } from './window-verdict.ts';
import { type ThresholdBand, writeSentence } from './words/sentence.ts';
import { listWarnings } from './words/warnings.ts';

/** The answer: stream or batch, and from which window on. */
export type Verdict = {
  readonly reader: Reader;
  readonly regime: Regime;
  readonly freshnessUsd: number;
  readonly windows: readonly WindowVerdict[];
  /** The first crossing to the batch, on a grid of windows refined to the minute; null: none up to a day. 60: from the smallest. */
  readonly thresholdSeconds: number | null;
  /** The first crossing back beyond it, found alike, where streaming is better beyond the error; null: none up to a day. */
  readonly streamAgainSeconds: number | null;
  /** Where the threshold may lie within the error; null: nowhere up to a day. */
  readonly earliestSeconds: number | null;
  readonly latestSeconds: number | null;
  /** What binds where both paths run side by side on one stream, at the largest of the windows. */
  readonly besideEachOther: readonly Limit[];
  readonly sentence: string;
  readonly warnings: readonly string[];
};

/** @throws RangeError where the scenario has a figure that can't be priced */
export function decide(model: Model, scenario: Scenario): Verdict {
  const moved = moveInputs(model);
  const compared = rememberByWindow((windowSeconds) => comparePaths(model, scenario, windowSeconds));
  const bands = rememberByWindow((windowSeconds) => bandOf(model, scenario, compared(windowSeconds), moved));
  const found = locate(compared, bands);
  const windows = scenario.windowsSeconds.map((windowSeconds) =>
    judgeComparedPaths(model, scenario, compared(windowSeconds), bands(windowSeconds)),
  );
  return {
    reader: scenario.reader,
    regime: scenario.deployment.regime,
    freshnessUsd: scenario.freshnessUsd,
    windows,
    ...found,
    besideEachOther: limitsBeside(model, scenario, windows),
    sentence: writeSentence(scenario, found, windows),
    warnings: listWarnings(model, scenario, windows),
  };
}

function limitsBeside({ parameters }: Model, scenario: Scenario, windows: readonly WindowVerdict[]): Limit[] {
  const largest = [...windows].sort((a, b) => b.windowSeconds - a.windowSeconds)[0];
  if (largest === undefined) return [];
  const { windowSeconds, batch } = largest;
  const deployment = deployAlone(withMemory(scenario, batch.memoryMb), 'scheduled-batch', windowSeconds, null);
  return limitsOfBothPaths(parameters, scenario.workload, deployment);
}

function locate(
  compared: (windowSeconds: number) => ComparedPaths,
  bands: (windowSeconds: number) => Band,
): ThresholdBand {
  const judge = (move: (windowSeconds: number) => number) => (windowSeconds: number) =>
    isBatchBetter(compared(windowSeconds), move(windowSeconds));
  const favoursBatch = judge((windowSeconds) => bands(windowSeconds).lowUsd);
  const favoursStream = judge((windowSeconds) => bands(windowSeconds).highUsd);
  const threshold = findThreshold(
    judge((windowSeconds) => compared(windowSeconds).differenceUsd),
    favoursBatch,
  );
  const { thresholdSeconds, streamAgainSeconds } = threshold;
  if (thresholdSeconds === null) {
    return { ...threshold, earliestSeconds: findThreshold(favoursBatch).thresholdSeconds, latestSeconds: null };
  }
  return {
    ...threshold,
    earliestSeconds: findEarliest(thresholdSeconds, favoursBatch),
    latestSeconds: findLatest(thresholdSeconds, streamAgainSeconds, favoursStream),
  };
}
