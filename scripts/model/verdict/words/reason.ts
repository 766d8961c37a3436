import { useMonthly } from '#model/cost/monthly-uses.ts';
import { sortTerms, usdOf } from '#model/cost/term.ts';
import type { Model } from '#model/model.ts';
import { formatSpan } from '#text/format-span.ts';
import { costTheSame, formatUsd } from '#text/format-usd.ts';
import type { Choice } from '../choice.ts';
import { deployAlone } from '../deploy-alone.ts';
import { whyImpossible } from '../impossible.ts';
import type { JudgedWindow } from '../judged-window.ts';
import { withMemory } from '../more-memory.ts';
import type { Reader, Scenario } from '../scenario.ts';
import { sayMemory } from './setting-in-words.ts';
import { saySooner } from './sooner.ts';

/** Below this share of the time the databases sleep alike. */
const LEAST_SHARE = 0.005;

const NAMES = { stream: 'streaming', batch: 'batch' } as const;

/** Why this window's decision is what it is: one short sentence with its figures, without a full stop. */
export function explainDecision(model: Model, scenario: Scenario, judged: JudgedWindow): string {
  const { stream, batch } = judged;
  const reason = explain(model, scenario, judged);
  const unnamed = [nameOf('stream', stream), nameOf('batch', batch)].filter(
    (name, index) => [stream, batch][index]?.memoryRaised && !reason.includes(name),
  );
  return unnamed.length === 0 ? reason : `${reason} (${unnamed.join(', ')})`;
}

function explain(model: Model, scenario: Scenario, judged: JudgedWindow): string {
  const { stream, batch, decision } = judged;
  if (!stream.possible && !batch.possible) {
    return `neither is possible: streaming, as ${whyImpossible(stream)}; batch, as ${whyImpossible(batch)}`;
  }
  if (!batch.possible) return `batch is impossible: ${whyImpossible(batch)}`;
  if (!stream.possible) return `streaming is impossible: ${whyImpossible(stream)}`;
  if (decision === 'either') return explainEither(scenario, judged);
  const [winner, loser] = decision === 'batch' ? [batch, stream] : [stream, batch];
  const name = nameOf(decision, winner);
  const soonerSeconds = loser.delaySeconds - winner.delaySeconds;
  const worthUsd = (scenario.freshnessUsd * soonerSeconds) / 60;
  if (costTheSame(winner.costUsd, loser.costUsd)) {
    return `both cost the same, and ${name} shows ${gain(scenario.reader, soonerSeconds)}`;
  }
  if (winner.costUsd > loser.costUsd) {
    const more = formatUsd(winner.costUsd - loser.costUsd);
    return `${name} shows ${gain(scenario.reader, soonerSeconds)}, worth more than the ${more} USD a month it costs`;
  }
  const cheaper = `${name} is ${formatUsd(loser.costUsd - winner.costUsd)} USD a month cheaper`;
  const why = explainCost(model, scenario, winner, loser);
  if (worthUsd >= 0) return `${cheaper}: ${why}`;
  const other = NAMES[decision === 'batch' ? 'stream' : 'batch'];
  const later = `the ${formatSpan(-soonerSeconds)} by which ${other} shows ${subject(scenario.reader)} sooner`;
  return `${cheaper}, more than ${later} are worth: ${why}`;
}

/** With its memory, where that is more than is deployed. */
function nameOf(side: keyof typeof NAMES, choice: Choice): string {
  return `${NAMES[side]}${sayMemory(choice)}`;
}

function explainEither({ freshnessUsd }: Scenario, judged: JudgedWindow): string {
  const { stream, batch, differenceUsd, lowUsd, highUsd } = judged;
  const better = differenceUsd <= 0 ? nameOf('batch', batch) : nameOf('stream', stream);
  const counted = freshnessUsd > 0 ? ', freshness counted' : '';
  const [least, most] = differenceUsd <= 0 ? [-highUsd, -lowUsd] : [lowUsd, highUsd];
  return (
    `the error leaves it open: ${better} is ${formatUsd(Math.abs(differenceUsd))} USD a month better${counted}, ` +
    `which may be ${formatUsd(least)} to ${formatUsd(most)}`
  );
}

function gain(reader: Reader, soonerSeconds: number): string {
  return `${subject(reader)} ${saySooner(soonerSeconds)}`;
}

function subject(reader: Reader): string {
  return reader === 'partial' ? 'counts' : 'final windows';
}

/** The largest of the terms by which the cheaper one is cheaper. */
function explainCost(model: Model, scenario: Scenario, winner: Choice, loser: Choice): string {
  const [cheap, dear] = [costsByPhrase(model, scenario, winner), costsByPhrase(model, scenario, loser)];
  let phrase = 'everything';
  let mostUsd = 0;
  for (const each of dear.keys()) {
    const savedUsd = (dear.get(each)?.costUsd ?? 0) - (cheap.get(each)?.costUsd ?? 0);
    if (savedUsd > mostUsd) [phrase, mostUsd] = [each, savedUsd];
  }
  const { id, costUsd } = dear.get(phrase) ?? { id: null, costUsd: loser.costUsd };
  if (id === 'database-compute' && loser.awakeShare - winner.awakeShare >= LEAST_SHARE) {
    return `its database sleeps ${formatSleep(1 - winner.awakeShare)} of the time`;
  }
  return `${phrase} ${formatUsd(cheap.get(phrase)?.costUsd ?? 0)} instead of ${formatUsd(costUsd)} USD`;
}

/** A database that is never awake is not meant by one that hardly is. */
function formatSleep(share: number): string {
  const percent = Math.round(share * 100);
  return percent === 100 && share < 1 ? 'more than 99 %' : `${percent.toLocaleString('en-US')} %`;
}

type Cost = { readonly id: string; readonly phrase: string; readonly costUsd: number };

/** Largest first. What both paths have under ids of their own, such as their functions' duration, has the same phrase. */
function costsByPhrase({ parameters, prices }: Model, scenario: Scenario, choice: Choice): Map<string, Cost> {
  const { path, windowSeconds, batchingWindowSeconds, memoryMb } = choice;
  const deployment = deployAlone(withMemory(scenario, memoryMb), path, windowSeconds, batchingWindowSeconds);
  const { uses } = useMonthly(parameters, scenario.workload, deployment);
  const costs = uses.map((use): Cost => ({ id: use.id, phrase: use.phrase, costUsd: usdOf(prices, use) }));
  // A path that is not deployed has the same lines, for nothing.
  const paid = costs.filter(({ costUsd }) => costUsd > 0);
  return new Map(sortTerms(paid).map((cost) => [cost.phrase, cost]));
}
