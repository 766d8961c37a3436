import type { Regime } from '../deployment.ts';
import type { Limit } from '../limits/limit.ts';
import type { Model } from '../model.ts';
import { planDeployment } from '../plan/plan-deployment.ts';
import type { Decision, JudgedWindow } from './choice.ts';
import { bandOf, type ComparedPaths, comparePaths, isBatchBetter } from './compare-paths.ts';
import { deployAlone, withMemory } from './deploy-alone.ts';
import { evaluateChoice } from './evaluate-choice.ts';
import { createSearch, findEarliest, findLatest, findThreshold, type Search } from './find-threshold.ts';
import { findReason, type Reason } from './reason.ts';
import type { PreparedScenario, Reader } from './scenario.ts';
import { type Summary, summarize, type ThresholdBand } from './summary.ts';
import { type Band, moveInputs } from './uncertainty.ts';
import { listWarnings, type Warning } from './warnings.ts';

/** The answer to "stream or batch, and from which window on?": figures and data, no prose. */
export type Verdict = ThresholdBand & {
  readonly reader: Reader;
  readonly regime: Regime;
  /** Value of freshness, USD/month for each minute less of mean delay. */
  readonly freshnessUsd: number;
  readonly windows: readonly WindowVerdict[];
  /** Limits that bind if both paths run side by side on one stream, at the largest judged window. */
  readonly besideEachOther: readonly Limit[];
  readonly summary: Summary;
  readonly warnings: readonly Warning[];
};

/** @throws RangeError where a figure of the scenario can't be priced */
export function decide(model: Model, scenario: PreparedScenario): Verdict {
  const moved = moveInputs(model);
  const search = createSearch((windowSeconds) => comparePaths(model, scenario, windowSeconds));
  const findBand = (compared: ComparedPaths): Band => bandOf(model, scenario, compared, moved);
  const found = locate(search, findBand);
  const windows = scenario.windowsSeconds.map((windowSeconds) => {
    const compared = search.at(windowSeconds);
    return judgeComparedPaths(model, scenario, compared, findBand(compared));
  });
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

function limitsBeside({ parameters }: Model, scenario: PreparedScenario, windows: readonly JudgedWindow[]): Limit[] {
  const largest = [...windows].sort((a, b) => b.windowSeconds - a.windowSeconds)[0];
  if (largest === undefined) return [];
  const { windowSeconds, batch } = largest;
  const deployment = deployAlone(withMemory(scenario, batch.memoryMb), 'scheduled-batch', windowSeconds, null);
  return planDeployment(parameters, scenario.workload, { ...deployment, paths: 'both' }).findLimits();
}

function locate(search: Search<ComparedPaths>, findBand: (compared: ComparedPaths) => Band): ThresholdBand {
  const favoursBatch = (compared: ComparedPaths): boolean => isBatchBetter(compared, findBand(compared).lowUsd);
  const favoursStream = (compared: ComparedPaths): boolean => isBatchBetter(compared, findBand(compared).highUsd);
  const threshold = findThreshold(search, (compared) => isBatchBetter(compared, compared.differenceUsd), favoursBatch);
  const { thresholdSeconds, streamAgainSeconds } = threshold;
  if (thresholdSeconds === null) {
    return { ...threshold, earliestSeconds: findThreshold(search, favoursBatch).thresholdSeconds, latestSeconds: null };
  }
  return {
    ...threshold,
    earliestSeconds: findEarliest(search, thresholdSeconds, favoursBatch),
    latestSeconds: findLatest(search, thresholdSeconds, streamAgainSeconds, favoursStream),
  };
}

/** A judged window and its reason as data. */
export type WindowVerdict = JudgedWindow & { readonly reason: Reason };

export function judgeWindow(model: Model, scenario: PreparedScenario, windowSeconds: number): WindowVerdict {
  const compared = comparePaths(model, scenario, windowSeconds);
  return judgeComparedPaths(model, scenario, compared, bandOf(model, scenario, compared, moveInputs(model)));
}

/** @param band the band of the difference of the objectives */
export function judgeComparedPaths(
  model: Model,
  scenario: PreparedScenario,
  compared: ComparedPaths,
  band: Band,
): WindowVerdict {
  const { windowSeconds, differenceUsd } = compared;
  const stream = evaluateChoice(model, scenario, compared.stream.plan);
  const batch = evaluateChoice(model, scenario, compared.batch.plan);
  const decision = decideWindow(compared, band);
  const judged = { windowSeconds, stream, batch, decision, differenceUsd, ...band };
  return { ...judged, reason: findReason(model, scenario, judged) };
}

function decideWindow(compared: ComparedPaths, { lowUsd, highUsd }: Band): Decision {
  const { stream, batch, differenceUsd } = compared;
  if (stream.possible === batch.possible && (!stream.possible || (lowUsd <= 0 && highUsd >= 0))) return 'either';
  return isBatchBetter(compared, differenceUsd) ? 'batch' : 'stream';
}
