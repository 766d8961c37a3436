import { extend, type Infer, listOf, number, oneOf, orNull, text } from '#text/schema.ts';
import { REGIMES } from '../deployment.ts';
import { LIMIT, type Limit } from '../limits/limit.ts';
import { limitsOfBothPaths } from '../limits/limits.ts';
import type { Model } from '../model.ts';
import { bandOf, type ComparedPaths, comparePaths, isBatchBetter } from './compare-paths.ts';
import { deployAlone } from './deploy-alone.ts';
import { findEarliest, findLatest, findThreshold, THRESHOLD } from './find-threshold.ts';
import { withMemory } from './more-memory.ts';
import { rememberByWindow } from './remember-by-window.ts';
import { READERS, type Scenario } from './scenario.ts';
import { type Band, moveInputs } from './uncertainty.ts';
import { judgeComparedPaths, WINDOW_VERDICT, type WindowVerdict } from './window-verdict.ts';
import { type ThresholdBand, writeSentence } from './words/sentence.ts';
import { listWarnings } from './words/warnings.ts';

/** The answer for one reader and one regime of the database, without its windows. */
export const REGIME_VERDICT = extend(THRESHOLD, {
  regime: oneOf(REGIMES, 'regime of the database'),
  reader: oneOf(READERS, 'who reads'),
  earliestSeconds: orNull(number('s', 'least threshold within the error'), 'none up to a day'),
  latestSeconds: orNull(number('s', 'greatest threshold within the error'), 'none up to a day'),
  sentence: text('the answer in words'),
});
export type RegimeVerdict = Infer<typeof REGIME_VERDICT>;

/** The answer: stream or batch, and from which window on. */
export const VERDICT = extend(REGIME_VERDICT, {
  freshnessUsd: number('USD/month', 'what a minute less of mean delay is worth'),
  windows: listOf(WINDOW_VERDICT, 'one per window of the scenario'),
  besideEachOther: listOf(LIMIT, 'what binds where both paths run on one stream, at the largest of the windows'),
  warnings: listOf(text(), 'what to know before the verdict is used'),
});
export type Verdict = Infer<typeof VERDICT>;

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
