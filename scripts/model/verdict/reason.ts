import { costTheSame } from '#text/format-number.ts';
import { sortTerms, usdOf } from '../cost/term.ts';
import type { Model } from '../model.ts';
import type { Choice, JudgedWindow, Side } from './choice.ts';
import { planChoice } from './deploy-alone.ts';
import type { PreparedScenario, Scenario } from './scenario.ts';

/** Differences in sleep below this share of the month are not named as a reason. */
const LEAST_SHARE = 0.005;

/** The reason for a window's decision as data; the report puts it into words. */
export type Reason =
  | { readonly kind: 'impossible'; readonly sides: readonly Side[] }
  /** The error leaves the decision open. `leastUsd` and `mostUsd` bound `betterUsd`, the advantage of the better side. */
  | {
      readonly kind: 'open';
      readonly better: Side;
      readonly betterUsd: number;
      readonly leastUsd: number;
      readonly mostUsd: number;
      readonly isFreshnessValued: boolean;
    }
  | { readonly kind: 'same-cost'; readonly winner: Side; readonly soonerSeconds: number }
  /** The winner costs more, and its fresher counts are worth that. */
  | { readonly kind: 'worth-it'; readonly winner: Side; readonly soonerSeconds: number; readonly dearerUsd: number }
  | {
      readonly kind: 'cheaper';
      readonly winner: Side;
      readonly cheaperUsd: number;
      /** How much later the winner is than the loser, s; null: it is not later, or freshness has no value. */
      readonly valuedDelaySeconds: number | null;
      readonly saving: Saving;
    };

/** The largest part of a difference in cost: the database's sleep, 0–1 of the month, or a line of the bill, USD a month. */
export type Saving =
  | { readonly kind: 'sleep'; readonly share: number }
  | { readonly kind: 'line'; readonly phrase: string; readonly cheapUsd: number; readonly dearUsd: number };

export function findReason(model: Model, scenario: PreparedScenario, judged: JudgedWindow): Reason {
  const { stream, batch, decision } = judged;
  if (!stream.possible || !batch.possible) {
    return { kind: 'impossible', sides: (['stream', 'batch'] as const).filter((side) => !judged[side].possible) };
  }
  if (decision === 'either') return explainOpen(scenario, judged);
  const [winner, loser] = decision === 'batch' ? [batch, stream] : [stream, batch];
  const soonerSeconds = loser.delaySeconds - winner.delaySeconds;
  if (costTheSame(winner.costUsd, loser.costUsd)) return { kind: 'same-cost', winner: decision, soonerSeconds };
  const cheaperUsd = loser.costUsd - winner.costUsd;
  if (cheaperUsd < 0) return { kind: 'worth-it', winner: decision, soonerSeconds, dearerUsd: -cheaperUsd };
  return {
    kind: 'cheaper',
    winner: decision,
    cheaperUsd,
    valuedDelaySeconds: scenario.freshnessUsd * soonerSeconds < 0 ? -soonerSeconds : null,
    saving: findSaving(model, scenario, winner, loser),
  };
}

function explainOpen({ freshnessUsd }: Scenario, { differenceUsd, lowUsd, highUsd }: JudgedWindow): Reason {
  const isBatch = differenceUsd <= 0;
  const [leastUsd, mostUsd] = isBatch ? [-highUsd, -lowUsd] : [lowUsd, highUsd];
  const better = isBatch ? 'batch' : 'stream';
  const betterUsd = Math.abs(differenceUsd);
  return { kind: 'open', better, betterUsd, leastUsd, mostUsd, isFreshnessValued: freshnessUsd > 0 };
}

function findSaving(model: Model, scenario: PreparedScenario, winner: Choice, loser: Choice): Saving {
  const [cheap, dear] = [costsByPhrase(model, scenario, winner), costsByPhrase(model, scenario, loser)];
  let phrase = 'everything';
  let mostUsd = 0;
  for (const each of dear.keys()) {
    const savedUsd = (dear.get(each)?.costUsd ?? 0) - (cheap.get(each)?.costUsd ?? 0);
    if (savedUsd > mostUsd) [phrase, mostUsd] = [each, savedUsd];
  }
  const { id, costUsd: dearUsd } = dear.get(phrase) ?? { id: null, costUsd: loser.costUsd };
  if (id === 'database-compute' && loser.awakeShare - winner.awakeShare >= LEAST_SHARE) {
    return { kind: 'sleep', share: 1 - winner.awakeShare };
  }
  return { kind: 'line', phrase, cheapUsd: cheap.get(phrase)?.costUsd ?? 0, dearUsd };
}

type Cost = { readonly id: string; readonly phrase: string; readonly costUsd: number };

/** Costs by phrase, largest first. The paths' ids differ, such as those of the functions' duration, so phrases match their lines. */
function costsByPhrase({ parameters, prices }: Model, scenario: PreparedScenario, choice: Choice): Map<string, Cost> {
  const { uses } = planChoice(parameters, scenario, choice);
  const costs = uses.map((use): Cost => ({ id: use.id, phrase: use.phrase, costUsd: usdOf(prices, use) }));
  const paid = costs.filter(({ costUsd }) => costUsd > 0);
  return new Map(sortTerms(paid).map((cost) => [cost.phrase, cost]));
}
