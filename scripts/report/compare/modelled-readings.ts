import { estimateMonthlyCost } from '#model/cost/monthly-cost.ts';
import type { PathName } from '#model/path-name.ts';
import { deployAlone } from '#model/verdict/deploy-alone.ts';
import { USUAL_WINDOW_SECONDS } from '#model/verdict/words/sentence.ts';
import { findGap } from '../definition/find-gap.ts';
import { modelOf } from '../definition/model-of.ts';
import type { Report } from '../definition/report.ts';
import { type Missing, once, type Reading } from './reading.ts';

/** The window that cost is compared at: 5 minutes where both reports judged it, else the first that both did; null: none. */
export function costedWindow(base: Report, other: Report): number | null {
  const judged = other.scenario.windowsSeconds;
  const common = base.scenario.windowsSeconds.filter((windowSeconds) => judged.includes(windowSeconds));
  return common.includes(USUAL_WINDOW_SECONDS) ? USUAL_WINDOW_SECONDS : (common[0] ?? null);
}

/**
 * What the report's own model and prices say of its scenario, with one path deployed alone. The micro-batch path is costed with
 * the mapping that was run, not with the best one, since that is what somebody changed.
 */
export function readCost(report: Report, path: PathName, windowSeconds: number | null): Reading | Missing {
  if (windowSeconds === null) return { missing: 'judges none of the windows that the other one does' };
  // A model of another version may lack what this one multiplies with.
  if (findGap(report) !== null) return { missing: 'has a model that this version of Tidemark cannot price' };
  const { scenario, stream } = report;
  const { batchingWindowSeconds, batchSize } = stream.mapping;
  const deployment =
    path === 'micro-batch'
      ? { ...deployAlone(scenario, path, windowSeconds, batchingWindowSeconds), batchSize }
      : deployAlone(scenario, path, windowSeconds, null);
  const { totalUsd } = estimateMonthlyCost(modelOf(report), scenario.workload, deployment);
  return once(totalUsd);
}
