import { cellText, type Exporter, type Section, type Table } from './section.ts';

/** Sections for a pull request or a wiki. */
export const exportMarkdown: Exporter = (sections) => `${sections.map(sectionMarkdown).join('\n\n')}\n`;

function sectionMarkdown({ heading, finding, columns, rows, notes = [], howToRead }: Section): string {
  return [
    ...(heading === '' ? [] : [`### ${heading}`]),
    ...(finding === undefined ? [] : [finding]),
    ...(columns === undefined || rows === undefined ? [] : [tableMarkdown(columns, rows)]),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${note}`).join('\n')]),
    ...(howToRead === undefined ? [] : [`How to read this: ${howToRead}`]),
  ].join('\n\n');
}

function tableMarkdown(columns: Table['columns'], rows: Table['rows']): string {
  return [
    rowMarkdown(columns.map(({ label }) => label)),
    rowMarkdown(columns.map(({ holds }) => (holds === 'figures' ? '---:' : '---'))),
    ...rows.map((row) => rowMarkdown(row.map((cell) => escapeCell(cellText(cell))))),
  ].join('\n');
}

function rowMarkdown(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A pipe would end the cell. */
function escapeCell(text: string): string {
  return text.replace(/[\\|]/g, '\\$&').replace(/\r?\n/g, ' ');
}
