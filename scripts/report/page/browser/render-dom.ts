import type { Content } from '../element.ts';

/** An element and what is in it as nodes of the document; texts by textContent alone. */
export function renderDom(content: Content): Node[] {
  if (content === null) return [];
  if (typeof content === 'string') return [document.createTextNode(content)];
  const node = document.createElement(content.tag);
  for (const [name, value] of Object.entries(content.attributes)) {
    if (value !== false && value !== null) node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...content.children.flatMap(renderDom));
  return [node];
}

/** Puts content into the element of this id, in place of what is there. */
export function replaceContent(id: string, ...contents: readonly Content[]): void {
  document.getElementById(id)?.replaceChildren(...contents.flatMap(renderDom));
}
