import { type Content, type Element, element } from './element.ts';

/** Figures are set to the right, so that their digits stand below each other; sentences may break into lines. */
export type Column = { readonly label: string; readonly holds?: 'figures' | 'sentences' };

/** A column of names or single words. */
export function words(label: string): Column {
  return { label };
}

export function figures(label: string): Column {
  return { label, holds: 'figures' };
}

export function sentences(label: string): Column {
  return { label, holds: 'sentences' };
}

export type Table = {
  /** What the table says, for those who come to it without what is around it. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The first cell of each row is its heading. */
  readonly rows: readonly (readonly Content[])[];
};

/** More than fit on paper in the usual size. */
const MANY_COLUMNS = 8;

/** A real table in a box that scrolls by itself, also by keyboard, so that the page never does. */
export function tableElement({ caption, columns, rows }: Table): Element {
  return element(
    'div',
    { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': caption },
    element(
      'table',
      { class: columns.length > MANY_COLUMNS ? 'wide' : null },
      element('caption', {}, element('span', {}, caption)),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...columns.map((column) => element('th', { scope: 'col', class: classOf(column) }, column.label)),
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

function cellElement(cell: Content, index: number, column: Column | undefined): Element {
  return index === 0 ? element('th', { scope: 'row' }, cell) : element('td', { class: classOf(column) }, cell);
}

function classOf(column: Column | undefined): string | null {
  return column?.holds ?? null;
}
