import type { Report } from '#report/definition/report.ts';
import { sayReason } from '#report/words/reason.ts';
import { sayWarning } from '#report/words/warning.ts';
import { wordWindow } from '#report/words/word-verdict.ts';
import { formatSpan } from '#text/format-span.ts';
import { decisionElement } from '../decision.ts';
import { type Content, type Element, element } from '../element.ts';
import { caseForm } from '../own-case/case-form.ts';
import type { CaseView } from '../own-case/evaluate-case.ts';
import { caseOf, isSameCase, type OwnCase } from '../own-case/own-case.ts';
import { thresholdCommand } from '../own-case/threshold-command.ts';
import { tableElement } from '../table.ts';
import { windowTable } from '../window-table.ts';
import { detailsElement, type Heading, nothingToShow, sectionElement } from './section.ts';
import { sentenceContents } from './sentence.ts';
import { notesElement } from './verdict.ts';

export const OWN_CASE: Heading = { id: 'own-case', title: 'Your own case' };

/** Sliders, and beside them what they come to; the script makes the two follow each other. */
export function ownCaseSection({ scenario }: Report, view: CaseView, reportFile: string): Element {
  const own = caseOf(scenario);
  return sectionElement(
    OWN_CASE,
    element(
      'div',
      { class: 'unscripted' },
      nothingToShow('Sliders and charts need JavaScript; every figure is in the tables.'),
    ),
    element(
      'p',
      { class: 'scripted controls' },
      'Move what differs for you: the verdict beside the sliders follows, and with it the charts of cost, memory, settings and engines, by the model that the report was made with.',
    ),
    element(
      'div',
      { class: 'own scripted' },
      caseForm(own),
      element(
        'div',
        { class: 'outcome' },
        element('p', { class: 'outcome-title', id: 'case-title' }, titleOf(own, own)),
        element(
          'div',
          { role: 'status', 'aria-live': 'polite' },
          element('p', { class: 'sentence', id: 'case-sentence' }, ...sentenceContents(view.verdict.summary)),
        ),
        element('div', { id: 'case-windows' }, ...caseWindows(view)),
        element('div', { id: 'case-warnings' }, notesElement(view.verdict.warnings.map(sayWarning))),
        commandElement(thresholdCommand(reportFile, own, own)),
      ),
    ),
    element(
      'div',
      { class: 'scripted' },
      detailsElement('Window by window', element('div', { id: 'case-table' }, ...caseTable(view))),
    ),
  );
}

export function titleOf(own: OwnCase, base: OwnCase): string {
  return isSameCase(own, base) ? 'As in the report' : 'Your own case, modelled';
}

/** What to do at each window, in one look, with the reason at the chosen one. */
export function caseWindows({ windows, chosen, verdict }: CaseView): Content[] {
  const strip = windows.map(({ windowSeconds, decision }) =>
    element(
      'li',
      { class: windowSeconds === chosen.windowSeconds ? 'chosen' : null },
      element('span', { class: 'span' }, formatSpan(windowSeconds)),
      ' ',
      decisionElement(decision),
    ),
  );
  return [
    element('ul', { class: 'strip', 'aria-label': 'What to do at each window' }, ...strip),
    element('p', { class: 'quiet' }, `At ${formatSpan(chosen.windowSeconds)}: ${sayReason(verdict.reader, chosen)}.`),
  ];
}

export function caseTable({ windows, verdict }: CaseView): Content[] {
  const worded = windows.map((window) => wordWindow(verdict.reader, window));
  return [tableElement(windowTable(worded, verdict))];
}

function commandElement(command: string): Element {
  return element(
    'div',
    { class: 'controls' },
    element('p', { class: 'outcome-title', id: 'case-command-label' }, 'The same on the command line'),
    element(
      'code',
      { class: 'command', id: 'case-command', tabindex: 0, 'aria-labelledby': 'case-command-label' },
      command,
    ),
    element('button', { type: 'button', id: 'case-copy' }, 'Copy'),
    ' ',
    element('span', { id: 'case-copied', role: 'status', class: 'quiet' }),
  );
}
