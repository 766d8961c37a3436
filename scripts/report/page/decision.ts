import type { Decision } from '#model/verdict/judged-window.ts';
import { type Element, element } from './element.ts';

/** The same symbols stand for the paths in the charts. */
const SYMBOLS: Readonly<Record<Decision, string>> = { stream: '●', batch: '■', either: '≈' };

/** A symbol and a word, so that nothing hangs on a colour. */
export function decisionElement(decision: Decision): Element {
  return element(
    'span',
    { class: `decision ${decision}` },
    element('span', { class: 'symbol', 'aria-hidden': 'true' }, SYMBOLS[decision]),
    decision,
  );
}
