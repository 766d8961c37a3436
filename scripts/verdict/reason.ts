import { estimateMonthlyCost, type MonthlyTerm } from '../cost/monthly-cost.ts';
import type { Model } from '../model/model.ts';
import { formatSpan } from '../text/format-span.ts';
import { costTheSame, formatUsd } from '../text/format-usd.ts';
import type { Choice } from './choice.ts';
import { deployAlone } from './deploy-alone.ts';
import { whyImpossible } from './impossible.ts';
import type { JudgedWindow } from './judged-window.ts';
import { withMemory } from './more-memory.ts';
import type { Reader, Scenario } from './scenario.ts';
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
  const [cheap, dear] = [costsByKind(model, scenario, winner), costsByKind(model, scenario, loser)];
  let kind = '';
  let mostUsd = 0;
  for (const each of dear.keys()) {
    const savedUsd = (dear.get(each)?.usd ?? 0) - (cheap.get(each)?.usd ?? 0);
    if (savedUsd > mostUsd) [kind, mostUsd] = [each, savedUsd];
  }
  if (kind === 'database-compute' && loser.awakeShare - winner.awakeShare >= LEAST_SHARE) {
    return `its database sleeps ${formatSleep(1 - winner.awakeShare)} of the time`;
  }
  const { label, usd } = dear.get(kind) ?? { label: 'everything', usd: loser.costUsd };
  return `${label} ${formatUsd(cheap.get(kind)?.usd ?? 0)} instead of ${formatUsd(usd)} USD`;
}

/** A database that is never awake is not meant by one that hardly is. */
function formatSleep(share: number): string {
  const percent = Math.round(share * 100);
  return percent === 100 && share < 1 ? 'more than 99 %' : `${percent.toLocaleString('en-US')} %`;
}

type Cost = { readonly label: string; readonly usd: number };

/** What both paths have under names of their own, such as their functions' duration, under one. */
function costsByKind(model: Model, scenario: Scenario, choice: Choice): Map<string, Cost> {
  const { path, windowSeconds, batchingWindowSeconds, memoryMb } = choice;
  const deployment = deployAlone(withMemory(scenario, memoryMb), path, windowSeconds, batchingWindowSeconds);
  const { terms } = estimateMonthlyCost(model, scenario.workload, deployment);
  return new Map(terms.map((term) => [kindOf(term), { label: labelOf(term), usd: term.costUsd }]));
}

function kindOf({ id, owner }: MonthlyTerm): string {
  return id.startsWith(`${owner}-`) ? id.slice(owner.length + 1) : id;
}

/** `Lambda duration` of `Micro-batch: Lambda duration`, as the path is named already; `stream (shards)` of `Stream: shards`. */
function labelOf({ id, owner, label }: MonthlyTerm): string {
  const own = id.startsWith(`${owner}-`) ? label.replace(/^[^:]*: /, '') : label;
  const first = own.replace(/,.*/, '').replace(/: (.*)/, ' ($1)');
  return first.replace(/^(?!Lambda|Kinesis)[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}
