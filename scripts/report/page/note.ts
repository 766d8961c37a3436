import { type Content, element } from './element.ts';

/** A figure with something smaller below it: `setting` may break into lines. */
export function withNote(figure: Content, note: string, kind: 'setting' | null = null): Content {
  const name = kind === null ? 'note' : `note ${kind}`;
  return element('span', {}, figure, ' ', element('span', { class: name }, note));
}
