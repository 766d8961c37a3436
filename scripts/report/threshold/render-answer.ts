import { sayPrices } from '#model/prices/say-prices.ts';
import type { Scenario } from '#model/verdict/scenario.ts';
import { formatAmount } from '#text/format-amount.ts';
import { formatSpan } from '#text/format-span.ts';
import { plural } from '#text/plural.ts';
import { sayDatabase } from '../words/case.ts';
import type { Answer } from './answer.ts';
import { renderFits } from './render-fits.ts';
import { renderLimits } from './render-limits.ts';
import { renderRule } from './render-rule.ts';
import { renderSensitivity } from './render-sensitivity.ts';
import { renderThreshold } from './render-threshold.ts';
import { renderWindows } from './render-windows.ts';

/** The verdict as text: the sentence first, then what it rests on, and how sure that is. */
export function renderAnswer(answer: Answer): string {
  const { verdict, warnings } = answer;
  return [
    [verdict.sentence, ...readerNote(answer)].join('\n'),
    renderSource(answer),
    renderWindows(answer),
    renderThreshold(verdict),
    renderLimits(verdict),
    renderSensitivity(answer),
    renderRule(answer),
    warnings.map((warning) => `Warning: ${warning}`).join('\n'),
    renderFits(answer.model),
    HOW_TO_READ,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Cost alone decides where freshness is worth nothing, so that the two readers' verdicts are the same. */
function readerNote({ scenario }: Answer): string[] {
  if (scenario.freshnessUsd !== 0) return [];
  return ['Freshness is worth 0 USD here (--freshness-value), so the reader (--reads) changes nothing but the delays.'];
}

function renderSource({ from, scenario, prices }: Answer): string {
  const day = from.startedAt.slice(0, 10);
  const list = `${sayPrices(prices)} of ${prices.region ?? 'several regions'}`;
  return [
    `By the model of run ${from.run} (${from.target}, ${day}, ${plural(from.eventsPerSecond, 'event', formatAmount)}/s); ${list}.`,
    `Load: ${describeLoad(scenario)}.`,
    `Deployed: ${describeDeployment(scenario)}.`,
  ].join('\n');
}

function describeLoad({ workload }: Scenario): string {
  const { eventsPerSecond, eventBytes, eventsPerRecord, keys } = workload;
  const packed = eventsPerRecord === 1 ? 'each a record' : `up to ${formatAmount(eventsPerRecord)} in a record`;
  const day = (eventsPerSecond * 86_400).toLocaleString('en-US', LARGE);
  return `${plural(eventsPerSecond, 'event', formatAmount)}/s (${day} a day) of ${plural(eventBytes, 'byte', formatAmount)}, ${packed}, over ${plural(keys.hosts, 'host')}`;
}

const LARGE = { notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 1 } as const;

function describeDeployment({ deployment }: Scenario): string {
  const { boundSeconds, memoryMb } = deployment;
  return `bound of ${formatSpan(boundSeconds)}, functions of ${formatAmount(memoryMb)} MB, ${sayDatabase(deployment)}`;
}

const HOW_TO_READ = `How to read this
  USD a month, all of it modelled, each path as if it was deployed alone. shared: the stream, which both need; fixed: what the path
  costs while nothing comes; variable: the rest. stream: its best setting among the batching windows
  freshness: from an event's arrival until it is counted, in the mean; finality: from a window's end until it is known to be complete
  either: within the error; what moves in it are the parameters that are not known exactly, and the error of the fit
  threshold: from which window on the batch costs less, the value of freshness counted: the first crossing, on a grid of windows refined
  to the minute`;
