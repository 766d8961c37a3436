/**
 * A piece of the page, the same for a file and for a document in the browser: `render-html.ts` writes it as text,
 * `browser/render-dom.ts` makes nodes of it. Text is text in both, so nothing from a report can become markup.
 */
export type Element = {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly Content[];
};

/** True is an attribute without a value; false and null are none. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

export type Content = Element | string | null;

/** Tags and names of attributes must come from code; texts and values may come from anywhere. */
export function element(tag: string, attributes: Attributes, ...children: readonly Content[]): Element {
  return { tag, attributes, children };
}

/** Puts a text between each two contents. */
export function join(contents: readonly Content[], between: string): Content[] {
  return contents.flatMap((content, i) => (i === 0 ? [content] : [between, content]));
}

/** A link to the web. An address with another scheme, as a price table may have, becomes plain text. */
export function link(address: string, text: string = address): Content {
  return /^https?:\/\//i.test(address) ? element('a', { href: address, rel: 'noreferrer' }, text) : text;
}
