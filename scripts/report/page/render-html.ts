import type { Content } from './element.ts';

const VOID = new Set(['input', 'meta', 'link', 'br', 'hr', 'col']);

/** An element and its children as HTML; every text and value is escaped. */
export function renderHtml(content: Content): string {
  if (content === null) return '';
  if (typeof content === 'string') return escapeText(content);
  const { tag, attributes, children } = content;
  const open = `<${tag}${Object.entries(attributes).map(renderAttribute).join('')}>`;
  return VOID.has(tag) ? open : `${open}${children.map(renderHtml).join('')}</${tag}>`;
}

function renderAttribute([name, value]: [string, string | number | boolean | null]): string {
  if (value === false || value === null) return '';
  return value === true ? ` ${name}` : ` ${name}="${escapeText(String(value))}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/**
 * A value as JSON inside a script element: `<`, `>` and `&` can't end the element or begin a comment, and the two line ends that
 * JavaScript has and JSON has not are escaped.
 */
export function renderJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
