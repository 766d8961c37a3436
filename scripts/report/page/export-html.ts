import { sayPrices } from '#model/prices/price-table.ts';
import type { Decision } from '#model/verdict/choice.ts';
import type { Summary } from '#model/verdict/summary.ts';
import type { Report } from '#report/definition/report.ts';
import { type Cell, type Column, cellText, type Section } from '#report/sections/section.ts';
import { sayVerdict } from '#report/words/sentence.ts';
import { type Content, type Element, element, link } from './element.ts';
import { describeCase, type OwnCase } from './own-case/own-case.ts';

/** Id and title of a part of the page, as the contents list them. */
export type Heading = { readonly id: string; readonly title: string };

/** A part of the page. */
export function partElement({ id, title }: Heading, ...children: readonly Content[]): Element {
  return element(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    element('h2', { id: `${id}-title` }, title),
    ...children,
  );
}

/**
 * A section as a piece of the page. With a chart it is a figure: the script draws into `<chart>-chart`, and its table is folded.
 *
 * @param origin source of the figures, shown below the finding
 */
export function exportHtml(section: Section, ...origin: readonly Content[]): Element {
  const { heading, chart, finding, columns, notes = [], howToRead } = section;
  const how =
    howToRead === undefined ? null : element('p', { class: 'how' }, element('b', {}, 'How to read this. '), howToRead);
  if (chart === undefined) {
    return element(
      'div',
      {},
      finding === undefined ? null : element('p', columns === undefined ? { class: 'quiet' } : {}, finding),
      ...origin,
      tableElement(section),
      notesElement(notes),
      how,
    );
  }
  return element(
    'figure',
    { 'aria-labelledby': `${chart}-finding` },
    element(
      'figcaption',
      {},
      element('p', { class: 'finding', id: `${chart}-finding` }, finding ?? heading),
      ...origin,
    ),
    element('div', { class: 'chart scripted', id: `${chart}-chart` }),
    how,
    detailsElement('Table', element('div', { id: `${chart}-table` }, tableElement(section))),
  );
}

/** More columns than fit on paper in the usual size. */
const MANY_COLUMNS = 8;

/** A table in a box that scrolls by itself, also by keyboard, so that the page never does. */
export function tableElement({ heading, columns, rows }: Section): Content {
  if (columns === undefined || rows === undefined) return null;
  return element(
    'div',
    { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': heading },
    element(
      'table',
      { class: columns.length > MANY_COLUMNS ? 'wide' : null },
      element('caption', {}, element('span', {}, heading)),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...columns.map(({ label, holds = null }) => element('th', { scope: 'col', class: holds }, label)),
        ),
      ),
      element(
        'tbody',
        {},
        ...rows.map((row) => element('tr', {}, ...row.map((cell, i) => cellElement(cell, i, columns[i])))),
      ),
    ),
  );
}

function cellElement(cell: Cell, index: number, column: Column | undefined): Element {
  const content = cellContent(cell);
  return index === 0
    ? element('th', { scope: 'row' }, content)
    : element('td', { class: column?.holds ?? null }, content);
}

function cellContent(cell: Cell): Content {
  if (typeof cell === 'string') return cell;
  const { text, note, decision, address } = cell;
  if (decision !== undefined) return decisionElement(decision);
  if (address !== undefined) return link(address, text);
  if (note === undefined) return cellText(cell);
  return element('span', {}, text, ' ', element('span', { class: 'note' }, note));
}

/** The charts have the same symbols for the paths. */
const SYMBOLS: Readonly<Record<Decision, string>> = { stream: '●', batch: '■', either: '≈' };

/** A symbol and a word, so that nothing depends on a colour. */
export function decisionElement(decision: Decision): Element {
  return element(
    'span',
    { class: `decision ${decision}` },
    element('span', { class: 'symbol', 'aria-hidden': 'true' }, SYMBOLS[decision]),
    decision,
  );
}

/** Closed on screen, open on paper. */
export function detailsElement(summary: string, ...children: readonly Content[]): Element {
  return element('details', {}, element('summary', {}, summary), ...children);
}

export function paragraph(...children: readonly Content[]): Element {
  return element('p', {}, ...children);
}

/** A sentence in place of a chart without data. */
export function nothingToShow(why: string): Element {
  return element('p', { class: 'quiet' }, why);
}

export function notesElement(notes: readonly string[]): Content {
  if (notes.length === 0) return null;
  return element('ul', { class: 'notes' }, ...notes.map((note) => element('li', {}, note)));
}

/** A name and its meaning. */
export type Pair = readonly [name: string, meaning: Content];

/** Names and their meanings, one to a line. */
export function pairsElement(pairs: readonly Pair[]): Element {
  return element(
    'dl',
    { class: 'pairs' },
    ...pairs.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
  );
}

/** States that figures were measured, and the target. */
export function measured({ target }: Pick<Report, 'target'>): Content[] {
  return [mark('measured'), target.name === 'aws' ? ' on AWS' : ` on the ${target.name} target`];
}

/** States that figures were modelled, and their source. */
export function modelled({ model, prices, target }: Pick<Report, 'model' | 'prices' | 'target'>): Content[] {
  const { microBatch, scheduledBatch } = model.fits;
  const fitted = [microBatch, scheduledBatch].filter(({ cpu }) => cpu !== null).length;
  const from =
    fitted === 0
      ? 'standard parameters'
      : `the CPU that was fitted on the ${target.name} target${fitted === 2 ? '' : ' for one path'}`;
  return [mark('modelled'), ` from ${from} and ${sayPrices(prices)}`];
}

function mark(origin: 'measured' | 'modelled'): Content {
  return element('span', { class: `mark ${origin}` }, origin);
}

/** The origin of a figure that is modelled for the case shown, which the sliders change. */
export function caseOrigin(chart: string, own: OwnCase, report: Pick<Report, 'model' | 'prices' | 'target'>): Content {
  const text = element('span', { id: `${chart}-case` }, describeCase(own));
  return element('p', { class: 'case' }, ...modelled(report), ': ', text);
}

/** The sentences of a verdict, with the answer emphasised. */
export function sentenceContents(summary: Summary): Content[] {
  const { whom, answer, band, example } = sayVerdict(summary);
  return [whom, element('strong', {}, answer), `${band}${example}`];
}
