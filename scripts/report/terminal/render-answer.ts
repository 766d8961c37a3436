import type { Limit } from '#model/limits/limit.ts';
import { sayPrices } from '#model/prices/price-table.ts';
import type { Choice, JudgedWindow } from '#model/verdict/choice.ts';
import { formatAmount, plural } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';
import type { Answer } from '../assemble/answer.ts';
import type { VerdictReport } from '../definition/report.ts';
import { errorsSection, FIT_COLUMNS, fitSection } from '../sections/model-fit.ts';
import { type Exporter, type Section, select } from '../sections/section.ts';
import { RULE_COLUMNS, ruleSection, sensitivitySection, thresholdSection } from '../sections/thresholds.ts';
import { costPartsSection } from '../sections/windows.ts';
import { sayDatabase } from '../words/case.ts';
import { exportText } from './export-text.ts';

/** Renders the answer of the threshold command: the verdict first, then its figures and their error. */
export function renderAnswer(answer: Answer, exporter: Exporter = exportText): string {
  const { verdict, scenario, sensitivity, rule, warnings, model } = answer;
  return exporter([
    headSection(answer),
    sourceSection(answer),
    costPartsSection(verdict, scenario),
    thresholdSection(verdict),
    ...limitsSections(verdict),
    ...(sensitivity.length === 0 ? [] : [sensitivitySection(sensitivity, verdict.thresholdSeconds)]),
    select(ruleSection(rule), RULE_COLUMNS),
    ...(warnings.length === 0 ? [] : [{ heading: warnings.map((warning) => `Warning: ${warning}`).join('\n') }]),
    select(fitSection(model), FIT_COLUMNS),
    errorsSection({ fits: model.fits }),
  ]);
}

/** If freshness is worth 0 USD, only cost decides, so the verdicts for both readers are the same. */
function headSection({ verdict, scenario }: Answer): Section {
  const note =
    'Freshness is worth 0 USD here (--freshness-value), so the reader (--reads) changes nothing but the delays.';
  return { heading: [verdict.sentence, ...(scenario.freshnessUsd === 0 ? [note] : [])].join('\n') };
}

function sourceSection({ from, scenario, prices }: Answer): Section {
  const { eventsPerSecond, eventBytes, eventsPerRecord, keys } = scenario.workload;
  const { boundSeconds, memoryMb } = scenario.deployment;
  const rate = plural(from.eventsPerSecond, 'event', formatAmount);
  const packed = eventsPerRecord === 1 ? 'each a record' : `up to ${formatAmount(eventsPerRecord)} in a record`;
  const day = (eventsPerSecond * 86_400).toLocaleString('en-US', LARGE);
  return {
    heading: [
      `By the model of run ${from.run} (${from.target}, ${from.startedAt.slice(0, 10)}, ${rate}/s); ${sayPrices(prices)} of ${prices.region ?? 'several regions'}.`,
      `Load: ${plural(eventsPerSecond, 'event', formatAmount)}/s (${day} a day) of ${plural(eventBytes, 'byte', formatAmount)}, ${packed}, over ${plural(keys.hosts, 'host')}.`,
      `Deployed: bound of ${formatSpan(boundSeconds)}, functions of ${formatAmount(memoryMb)} MB, ${sayDatabase(scenario.deployment)}.`,
    ].join('\n'),
  };
}

const LARGE = { notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 1 } as const;

type Bound = { readonly choice: Choice; readonly limit: Limit };

const NAMES = { 'micro-batch': 'stream', 'scheduled-batch': 'batch' } as const;

/** Limits of each path at the window where they bind most, and limits of both paths side by side on one stream. */
export function limitsSections({
  windows,
  besideEachOther,
}: Pick<VerdictReport, 'windows' | 'besideEachOther'>): Section[] {
  const largest = windows.reduce((most, { windowSeconds }) => Math.max(most, windowSeconds), 0);
  const beside = {
    heading: `Limits where both run side by side on one stream, at ${formatSpan(largest)}`,
    notes: besideEachOther.map((limit) => `both, ${limit.id}: ${textOf(limit)}`),
  };
  return [limitsAlone(windows), ...(besideEachOther.length === 0 ? [] : [beside])];
}

function limitsAlone(windows: readonly JudgedWindow[]): Section {
  const bounds = windows.flatMap(({ stream, batch }) =>
    [stream, batch].flatMap((choice) => choice.limits.map((limit): Bound => ({ choice, limit }))),
  );
  const kinds = [...new Set(bounds.map(kindOf))];
  if (kinds.length === 0) return { heading: 'Limits: none is half used at any of these windows.' };
  return {
    heading: 'Limits that are at least half used',
    notes: kinds.map((kind) =>
      sayBound(
        bounds.filter((bound) => kindOf(bound) === kind),
        windows.length,
      ),
    ),
  };
}

function kindOf({ choice, limit }: Bound): string {
  return `${NAMES[choice.path]}, ${limit.id}`;
}

/** @param judged number of windows */
function sayBound(bounds: readonly Bound[], judged: number): string {
  const most = bounds.reduce((one, other) => (other.limit.use > one.limit.use ? other : one));
  const sizes = bounds.map(({ choice }) => formatSpan(choice.windowSeconds));
  const alike = bounds.every(({ limit }) => limit.text === most.limit.text);
  const where = bounds.length === judged ? 'at every window' : `at ${sizes.join(', ')}`;
  const mostly = alike ? '' : `, most at ${formatSpan(most.choice.windowSeconds)}`;
  return `${kindOf(most)}, ${where}${mostly}: ${textOf(most.limit)}`;
}

function textOf({ text, possible }: Limit): string {
  return `${text}${possible ? '' : ' (impossible)'}`;
}
