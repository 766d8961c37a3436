import type { Report } from '#report/definition/report.ts';
import {
  decisionElement,
  detailsElement,
  exportHtml,
  type Heading,
  notesElement,
  nothingToShow,
  partElement,
  sentenceContents,
} from '#report/page/export-html.ts';
import { select } from '#report/sections/section.ts';
import { WINDOW_COLUMNS, windowsSection } from '#report/sections/windows.ts';
import { sayReason } from '#report/words/reason.ts';
import { sayWarning } from '#report/words/warning.ts';
import { wordWindow } from '#report/words/word-verdict.ts';
import { formatSpan } from '#text/format-span.ts';
import { type Content, type Element, element } from '../element.ts';
import { caseForm } from '../own-case/case-form.ts';
import type { CaseView } from '../own-case/evaluate-case.ts';
import { caseOf, isSameCase, type OwnCase, thresholdCommand } from '../own-case/own-case.ts';

export const OWN_CASE: Heading = { id: 'own-case', title: 'Your own case' };

/** Sliders with the verdict beside them. The page's script updates the verdict when a slider moves. */
export function ownCaseSection({ scenario }: Report, view: CaseView, reportFile: string): Element {
  const own = caseOf(scenario);
  return partElement(
    OWN_CASE,
    element(
      'div',
      { class: 'unscripted' },
      nothingToShow('Sliders and charts need JavaScript; every figure is in the tables.'),
    ),
    element(
      'p',
      { class: 'scripted controls' },
      'Set your own values. The verdict beside the sliders follows, and so do the charts of cost, memory, settings and engines; all use the model of this report.',
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

/** The decision at each window as a strip, with the reason at the chosen window. */
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
  const section = windowsSection({ ...verdict, windows: worded }, { batchSize: verdict.summary.case.batchSize });
  return [exportHtml(select(section, WINDOW_COLUMNS.page))];
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
