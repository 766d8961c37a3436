import type { Decision } from '#model/verdict/choice.ts';

/**
 * A piece of a report, the same for every medium: a heading, a finding in a sentence, a table of texts, and how to read it. A builder
 * makes it once from a report or a verdict; `export-text.ts`, `export-markdown.ts` and the page's `export-html.ts` render it.
 */
export type Section = {
  /** Names the table, also for those who come to it without its surroundings. */
  readonly heading: string;
  readonly finding?: string;
  /** Those of the table; a section without any has none. */
  readonly columns?: readonly Column[];
  readonly rows?: readonly (readonly Cell[])[];
  /** Remarks below the table, a line each. */
  readonly notes?: readonly string[];
  readonly howToRead?: string;
  /** Name of the page's chart of this section; other media have none. */
  readonly chart?: string;
};

/** A section of which a table is all, or the table of one. */
export type Table = Required<Pick<Section, 'heading' | 'columns' | 'rows'>>;

/** A section that the page draws as a chart. */
export type Figure = Section & Required<Pick<Section, 'chart' | 'finding'>>;

/** Figures are set to the right. The page breaks sentences and settings into lines; text sets sentences below the table. */
export type Column = { readonly label: string; readonly holds?: 'figures' | 'sentences' | 'setting' };

/** A text, or one with something beside it. */
export type Cell =
  | string
  | {
      readonly text: string;
      /** Smaller on the page, in brackets elsewhere. */
      readonly note?: string;
      /** Has a symbol on the page. */
      readonly decision?: Decision;
      /** A link on the page. */
      readonly address?: string;
    };

/** Sections in one medium. A new output is one such function. */
export type Exporter = (sections: readonly Section[]) => string;

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

/** A column of a path's settings, in a few words. */
export function setting(label: string): Column {
  return { label, holds: 'setting' };
}

export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  return cell.note === undefined ? cell.text : `${cell.text} (${cell.note})`;
}

/** The same section with these columns only, in this order; labels that it does not have are left out. */
export function select(section: Section, labels: readonly string[]): Section {
  const { columns, rows } = section;
  if (columns === undefined || rows === undefined) return section;
  const places = labels
    .map((label) => columns.findIndex((column) => column.label === label))
    .filter((place) => place !== -1);
  const pick = <Item>(items: readonly Item[]): Item[] => places.flatMap((place) => items.slice(place, place + 1));
  return { ...section, columns: pick(columns), rows: rows.map(pick) };
}
