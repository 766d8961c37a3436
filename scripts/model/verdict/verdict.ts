import type { Regime } from '../deployment.ts';
import type { Limit } from '../limits/limit.ts';
import { limitsOfBothPaths } from '../limits/limits.ts';
import type { Model } from '../model.ts';
import { bandOf, type ComparedPaths, comparePaths, isBatchBetter } from './compare-paths.ts';
import { deployAlone } from './deploy-alone.ts';
import { findEarliest, findLatest, findThreshold } from './find-threshold.ts';
import type { JudgedWindow } from './judged-window.ts';
import { withMemory } from './more-memory.ts';
import { rememberByWindow } from './remember-by-window.ts';
import type { Reader, Scenario } from './scenario.ts';
import { type Summary, summarize, type ThresholdBand } from './summary.ts';
import { type Band, moveInputs } from './uncertainty.ts';
import { listWarnings, type Warning } from './warnings.ts';
import type { WindowVerdict } from './window-verdict.ts';
import { judgeComparedPaths } from './window-verdict.ts';

/** The answer to "stream or batch, and from which window on?": figures and data, no prose. */
export type Verdict = ThresholdBand & {
  readonly reader: Reader;
  readonly regime: Regime;
  /** Value of freshness, USD a month for each minute of mean delay. */
  readonly freshnessUsd: number;
  readonly windows: readonly WindowVerdict[];
  /** Limits that bind where both paths run side by side on one stream, at the largest of the windows. */
  readonly besideEachOther: readonly Limit[];
  readonly summary: Summary;
  readonly warnings: readonly Warning[];
};

/** @throws RangeError where a figure of the scenario can't be priced */
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
    summary: summarize(scenario, found, windows),
    warnings: listWarnings(model, scenario, windows),
  };
}

function limitsBeside({ parameters }: Model, scenario: Scenario, windows: readonly JudgedWindow[]): Limit[] {
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
