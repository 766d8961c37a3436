import type { Report } from '../../report/report.ts';
import { formatSpan } from '../../text/format-span.ts';
import type { Choice } from '../../verdict/choice.ts';
import { describeChoice } from '../describe-choice.ts';
import type { Element } from '../element.ts';
import { formatCount, formatNumber, formatSeconds, formatUsd, NONE } from '../figures.ts';
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
      'Further left is fresher, further down is cheaper. Filled and joined by the line: worth choosing, since nothing else is both fresher and cheaper. ' +
      'Hollow: something else is better in both. What can’t work at this load is in the table only.',
    table: settingsTable(view),
  };
}

function findingOf({ settings, own }: CaseView): string {
  const window = formatSpan(own.windowSeconds);
  const front = settings
    .filter(({ onFront }) => onFront)
    .map(({ choice }) => choice)
    .sort((a, b) => a.freshnessSeconds - b.freshnessSeconds);
  const failing = settings.filter(({ choice }) => !choice.possible).length;
  const impossible = failing === 0 ? '' : `; ${failing} can’t work at this load`;
  const [freshest, cheapest] = [front[0], front.at(-1)];
  if (freshest === undefined || cheapest === undefined) return `At ${window} no setting can work at this load.`;
  if (freshest === cheapest)
    return `At ${window} one setting is both the freshest and the cheapest: ${sayChoice(freshest)}${impossible}.`;
  return `At ${window} ${front.length} of ${settings.length} settings are worth choosing, from ${sayChoice(freshest)} to ${sayChoice(cheapest)}${impossible}.`;
}

/** What can't work has no figures. */
function figuresOf({ possible, ...choice }: Choice): string[] {
  if (!possible) return [NONE, NONE, NONE, NONE];
  return [
    formatSeconds(choice.freshnessSeconds),
    formatSeconds(choice.finalitySeconds),
    formatUsd(choice.costUsd),
    formatNumber(choice.rowsWrittenPerFinalRow),
  ];
}

function sayChoice(choice: Choice): string {
  return `${describeChoice(choice)} (${formatSeconds(choice.freshnessSeconds)}, ${formatUsd(choice.costUsd)} a month)`;
}

function settingsTable({ settings }: CaseView): Table {
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
    rows: settings.map(({ choice, onFront }) => [
      describeChoice(choice),
      `${choice.path} path`,
      formatCount(choice.batchSize),
      ...figuresOf(choice),
      choice.possible ? (onFront ? '● yes' : '○ no') : '✕ can’t work',
      choice.limits.map(({ text }) => text).join('; ') || NONE,
    ]),
  };
}
