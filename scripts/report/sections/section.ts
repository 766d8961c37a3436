import type { Decision } from '#model/verdict/choice.ts';

/**
 * A section of a report, the same for every medium: a heading, a finding in a sentence, a table of texts, and how to read it. It is
 * built once from a report or a verdict. The terminal's `export-text.ts` and the page's `export-html.ts` render it.
 */
export type Section = {
  /** Title of the table; it is understood without the sections around it. */
  readonly heading: string;
  readonly finding?: string;
  /** Columns of the table; undefined in a section without a table. */
  readonly columns?: readonly Column[];
  readonly rows?: readonly (readonly Cell[])[];
  /** Remarks below the table, a line each. */
  readonly notes?: readonly string[];
  readonly howToRead?: string;
  /** Name of the page's chart of this section; only the page draws it. */
  readonly chart?: string;
};

/** The table of a section. */
export type Table = Required<Pick<Section, 'heading' | 'columns' | 'rows'>>;

/** A section that the page draws as a chart. */
export type Figure = Section & Required<Pick<Section, 'chart' | 'finding'>>;

/** Figures are aligned to the right. The page wraps sentences and settings; the terminal prints sentences below the table. */
export type Column = { readonly label: string; readonly holds?: 'figures' | 'sentences' | 'setting' };

/** A text, or a text with a note, a decision or a link. */
export type Cell =
  | string
  | {
      readonly text: string;
      /** Text beside it; smaller on the page, in brackets elsewhere. */
      readonly note?: string;
      /** Decision that the text names; the page adds its symbol. */
      readonly decision?: Decision;
      /** Address that the text links to on the page. */
      readonly address?: string;
    };

/** Renders sections as a text. */
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

/** A column of a path's settings. */
export function setting(label: string): Column {
  return { label, holds: 'setting' };
}

export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  return cell.note === undefined ? cell.text : `${cell.text} (${cell.note})`;
}

/** Returns the section with only these columns, in this order. Labels that the section lacks are ignored. */
export function select(section: Section, labels: readonly string[]): Section {
  const { columns, rows } = section;
  if (columns === undefined || rows === undefined) return section;
  const places = labels
    .map((label) => columns.findIndex((column) => column.label === label))
    .filter((place) => place !== -1);
  const pick = <Item>(items: readonly Item[]): Item[] => places.flatMap((place) => items.slice(place, place + 1));
  return { ...section, columns: pick(columns), rows: rows.map(pick) };
}
