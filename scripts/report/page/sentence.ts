import { type Content, element } from './element.ts';

/**
 * A verdict's sentence with its answer set off from the case before it and the example behind it. The text stays as it is, whole and
 * in its order; one that is built otherwise is set off as a whole.
 */
export function sentenceContents(sentence: string): Content[] {
  const [, where = '', answer = sentence, rest = ''] = /^(.*?: )(.*?)((?: \(|; |\.$).*)$/.exec(sentence) ?? [];
  return [where, element('strong', {}, answer), rest];
}
