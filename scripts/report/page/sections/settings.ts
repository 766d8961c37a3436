import type { Choice } from '#model/verdict/choice.ts';
import type { FrontPoint } from '#model/verdict/pareto.ts';
import type { Report } from '#report/definition/report.ts';
import { caseOrigin, exportHtml, type Heading, partElement } from '#report/page/export-html.ts';
import { type Figure, figures, type Section, sentences, words } from '#report/sections/section.ts';
import { formatCount, formatDollars, formatNumber, formatSeconds, NONE } from '#report/words/figures.ts';
import { describeChoice, labelChoice, sayFullAfter } from '#report/words/setting.ts';
import { formatSpan } from '#text/format-span.ts';
import type { Element } from '../element.ts';
import type { CaseView } from '../own-case/evaluate-case.ts';

export const SETTINGS: Heading = { id: 'settings', title: 'Freshness against cost, setting by setting' };

export function settingsSection(report: Report, view: CaseView): Element {
  return partElement(SETTINGS, exportHtml(settingsFigure(view), caseOrigin('settings', view.own, report)));
}

export function settingsFigure(view: CaseView): Figure {
  return {
    chart: 'settings',
    finding: findingOf(view),
    howToRead:
      'Each symbol is a setting. Circles are the micro-batch path, labelled with its batching window; squares are the scheduled batch, labelled with its interval. ' +
      'Further left is fresher; further down is cheaper. Filled symbols on the line are worth choosing: every fresher setting costs more, and every cheaper one is less fresh. ' +
      'For a hollow symbol, another setting is better in one of the two and no worse in the other. Several labels at one symbol are settings with equal results. Settings that can’t work at this load are in the table only.',
    ...settingsTable(view),
  };
}

function findingOf({ settings, own }: CaseView): string {
  const window = formatSpan(own.windowSeconds);
  const points = mergeCoinciding(settings);
  const front = points
    .filter(({ onFront }) => onFront)
    .map(({ choice }) => choice)
    .sort((a, b) => a.freshnessSeconds - b.freshnessSeconds);
  const failing = settings.filter(({ choice }) => !choice.possible).length;
  const impossible = failing === 0 ? '' : `; ${failing} can’t work at this load`;
  const [freshest, cheapest] = [front[0], front.at(-1)];
  if (freshest === undefined || cheapest === undefined) return `At ${window} no setting can work at this load.`;
  if (freshest === cheapest)
    return `At ${window} one setting is both the freshest and the cheapest: ${sayChoice(freshest)}${impossible}.${sayCoinciding(points)}`;
  const different = points.length < settings.length ? 'different settings' : 'settings';
  return `At ${window} ${front.length} of ${points.length} ${different} are worth choosing, from ${sayChoice(freshest)} to ${sayChoice(cheapest)}${impossible}.${sayCoinciding(points)}`;
}

/** A setting that can't work has no figures. */
function figuresOf({ possible, ...choice }: Choice): string[] {
  if (!possible) return [NONE, NONE, NONE, NONE];
  return [
    formatSeconds(choice.freshnessSeconds),
    formatSeconds(choice.finalitySeconds),
    formatDollars(choice.costUsd),
    formatNumber(choice.rowsWrittenPerFinalRow),
  ];
}

function sayChoice(choice: Choice): string {
  return `${describeChoice(choice)} (${formatSeconds(choice.freshnessSeconds)}, ${formatDollars(choice.costUsd)} a month)`;
}

function settingsTable({ settings }: CaseView): Section {
  const points = mergeCoinciding(settings);
  return {
    heading: 'Settings of both paths at the chosen window, modelled',
    columns: [
      words('Setting'),
      words('Path'),
      figures('Records at most'),
      figures('Mean freshness'),
      figures('Finality'),
      figures('USD a month'),
      figures('Rows written per final row'),
      words('Worth choosing'),
      sentences('What binds'),
    ],
    rows: settings.map((setting) => rowOf(setting, points)),
  };
}

function rowOf({ choice, onFront }: FrontPoint, points: readonly SettingPoint[]): string[] {
  return [
    describeChoice(choice),
    `${choice.path} path`,
    formatCount(choice.batchSize),
    ...figuresOf(choice),
    choice.possible ? `${onFront ? '● yes' : '○ no'}${saySame(choice, points)}` : '✕ can’t work',
    choice.limits.map(({ text }) => text).join('; ') || NONE,
  ];
}

/** `, same as 5 min` */
function saySame(choice: Choice, points: readonly SettingPoint[]): string {
  const point = points.find((each) => [each.choice, ...each.others].includes(choice));
  const others = point === undefined ? [] : [point.choice, ...point.others].filter((each) => each !== choice);
  return others.length === 0 ? '' : `, same as ${others.map(labelChoice).join(', ')}`;
}

/** One point of freshness and cost: the first setting with this result, and the other settings with it. */
export type SettingPoint = FrontPoint & { readonly others: readonly Choice[] };

/**
 * Merges settings of a path with equal results into one point. Batching windows longer than a batch takes to fill make the same
 * batches. Settings that can't work have no figures and are not compared.
 */
export function mergeCoinciding(settings: readonly FrontPoint[]): SettingPoint[] {
  return settings.flatMap((setting, i) => {
    const isSame = ({ choice }: FrontPoint): boolean => coincide(choice, setting.choice);
    if (settings.slice(0, i).some(isSame)) return [];
    const others = settings.slice(i + 1).filter(isSame);
    return [{ ...setting, others: others.map(({ choice }) => choice) }];
  });
}

function coincide(one: Choice, other: Choice): boolean {
  return (
    one.possible &&
    other.possible &&
    one.path === other.path &&
    one.costUsd === other.costUsd &&
    one.freshnessSeconds === other.freshnessSeconds &&
    one.finalitySeconds === other.finalitySeconds
  );
}

/** Names the settings of each point with several, and the reason: ` Batching windows of 1 minute and 5 minutes come to the same: …`. */
export function sayCoinciding(points: readonly SettingPoint[]): string {
  return points
    .filter(({ others }) => others.length > 0)
    .map(({ choice, others }) => {
      const all = [choice, ...others];
      const spans = all.map((each) => formatSpan(each.batchingWindowSeconds ?? each.batchIntervalSeconds ?? 0));
      const which = choice.path === 'micro-batch' ? 'Batching windows of' : 'Batches every';
      const { fullAfterSeconds } = choice;
      const why =
        fullAfterSeconds === null
          ? ''
          : `: a shard fills a batch in ${sayFullAfter(fullAfterSeconds)}, before they end`;
      return ` ${which} ${spans.slice(0, -1).join(', ')} and ${spans.at(-1)} come to the same${why}.`;
    })
    .join('');
}
