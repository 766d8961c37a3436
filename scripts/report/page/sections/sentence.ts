import type { Summary } from '#model/verdict/summary.ts';
import { sayVerdict } from '#report/words/sentence.ts';
import { type Content, element } from '../element.ts';

/** The verdict's sentences with the answer emphasised. */
export function sentenceContents(summary: Summary): Content[] {
  const { whom, answer, band, example } = sayVerdict(summary);
  return [whom, element('strong', {}, answer), `${band}${example}`];
}
