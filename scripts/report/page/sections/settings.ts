import type { Choice } from '#model/verdict/choice.ts';
import type { FrontPoint } from '#model/verdict/pareto.ts';
import type { Report } from '#report/definition/report.ts';
import { formatSpan } from '#text/format-span.ts';
import { mergeCoinciding, type SettingPoint, sayCoinciding } from '../coinciding.ts';
import { describeChoice, labelChoice } from '../describe-choice.ts';
import type { Element } from '../element.ts';
import { formatCount, formatDollars, formatNumber, formatSeconds, NONE } from '../figures.ts';
import type { CaseView } from '../own-case/evaluate-case.ts';
import { figures, sentences, type Table, words } from '../table.ts';
import { caseFigure } from './case-figure.ts';
import { type Figure, type Heading, sectionElement } from './section.ts';

export const SETTINGS: Heading = { id: 'settings', title: 'Freshness against cost, setting by setting' };

export function settingsSection(report: Report, view: CaseView): Element {
  return sectionElement(SETTINGS, caseFigure(settingsFigure(view), view, report));
}

export function settingsFigure(view: CaseView): Figure {
  return {
    id: 'settings',
    finding: findingOf(view),
    howToRead:
      'Each symbol is a setting: circles are the micro-batch path, labelled with its batching window, squares the scheduled batch, labelled with how often it runs. ' +
      'Further left is fresher, further down is cheaper. Filled and joined by the line: worth choosing, since whatever is fresher costs more and whatever is cheaper is less fresh. ' +
      'Hollow: something else is better in one of the two and no worse in the other. A symbol with several labels is several settings that come to the same. What can’t work at this load is in the table only.',
    table: settingsTable(view),
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

/** What can't work has no figures. */
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

function settingsTable({ settings }: CaseView): Table {
  const points = mergeCoinciding(settings);
  return {
    caption: 'Settings of both paths at the chosen window, modelled',
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
