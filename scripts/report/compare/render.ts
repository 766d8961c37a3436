import type { Judged } from './limits.ts';
import { renderJson } from './render-json.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderText } from './render-text.ts';

/** Formats of `--format`. A format is one function from comparisons to text. */
export const FORMATS = {
  table: renderText,
  markdown: renderMarkdown,
  json: renderJson,
} satisfies Record<string, (judged: readonly Judged[]) => string>;

export type Format = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly Format[];
