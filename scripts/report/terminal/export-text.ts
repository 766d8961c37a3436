import { renderTable } from '#text/render-table.ts';
import { type Cell, cellText, type Exporter, type Section, type Table } from '../sections/section.ts';

const WIDTH = 150;

/** Renders sections for a terminal, with a blank line between them and the explanations at the end. */
export const exportText: Exporter = (sections) => {
  const hints = wrap(sections.flatMap(({ howToRead }) => (howToRead === undefined ? [] : [howToRead])).join(' '));
  const howToRead = hints.length === 0 ? [] : [['How to read this', ...hints].join('\n')];
  return [...sections.map(sectionText), ...howToRead].filter(Boolean).join('\n\n');
};

function sectionText({ heading, finding, columns, rows, notes = [] }: Section): string {
  return [
    ...(heading === '' ? [] : [heading]),
    ...(finding === undefined ? [] : [finding]),
    ...(columns === undefined || rows === undefined ? [] : tableLines(columns, rows)),
    ...notes.map((note) => `  ${note}`),
  ].join('\n');
}

/** Sentences beyond the first column are printed below the table, after the row's name. */
function tableLines(columns: Table['columns'], rows: Table['rows']): string[] {
  const isBelow = columns.map(({ holds }, place) => place > 0 && holds === 'sentences');
  const inTable = <Item>(items: readonly Item[]): Item[] => items.filter((_, place) => !isBelow[place]);
  const heads = inTable(columns).map(({ label, holds }) => ({
    head: label,
    align: holds === 'figures' ? ('right' as const) : ('left' as const),
  }));
  const below = ([name = '', ...cells]: readonly Cell[]): string[] =>
    cells.flatMap((cell, place) => (isBelow[place + 1] ? [`  ${nameOf(name)}: ${cellText(cell)}`] : []));
  return [
    renderTable(
      heads,
      rows.map((row) => inTable(row).map(cellText)),
    ),
    ...rows.flatMap(below),
  ];
}

function nameOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= WIDTH) lines.push(`  ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
