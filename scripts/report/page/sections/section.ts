import { type Content, type Element, element } from '../element.ts';
import { type Table, tableElement } from '../table.ts';

/** What the contents list: a section's id and heading. */
export type Heading = { readonly id: string; readonly title: string };

export function sectionElement({ id, title }: Heading, ...children: readonly Content[]): Element {
  return element(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    element('h2', { id: `${id}-title` }, title),
    ...children,
  );
}

/** A chart with what it says, how to read it, and its figures as a table. The script draws it into `<id>-chart`. */
export type Figure = {
  readonly id: string;
  /** What the chart shows, in a sentence; also its name for those who can't see it. */
  readonly finding: string;
  readonly howToRead: string;
  readonly table: Table;
};

/** @param notes stand between the finding and the chart, like where the figures come from */
export function figureElement({ id, finding, howToRead, table }: Figure, ...notes: readonly Content[]): Element {
  return element(
    'figure',
    { 'aria-labelledby': `${id}-finding` },
    element('figcaption', {}, element('p', { class: 'finding', id: `${id}-finding` }, finding), ...notes),
    element('div', { class: 'chart scripted', id: `${id}-chart` }),
    element('p', { class: 'how' }, element('b', {}, 'How to read this. '), howToRead),
    detailsElement('Table', element('div', { id: `${id}-table` }, tableElement(table))),
  );
}

/** Closed on screen, open on paper. */
export function detailsElement(summary: string, ...children: readonly Content[]): Element {
  return element('details', {}, element('summary', {}, summary), ...children);
}

export function paragraph(...children: readonly Content[]): Element {
  return element('p', {}, ...children);
}

/** Instead of a chart without data. */
export function nothingToShow(why: string): Element {
  return element('p', { class: 'quiet' }, why);
}

/** A name and what it is. */
export type Pair = readonly [name: string, what: Content];

/** Names and what they are, one to a line. */
export function pairsElement(pairs: readonly Pair[]): Element {
  return element(
    'dl',
    { class: 'pairs' },
    ...pairs.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
  );
}
