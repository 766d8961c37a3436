import { summarize } from '#model/verdict/summary.ts';
import type { Report } from '#report/definition/report.ts';
import { exactnessStatus, partialStatus, type Status } from '#report/sections/exactness.ts';
import { select } from '#report/sections/section.ts';
import { regimesSection } from '#report/sections/thresholds.ts';
import { drainedWindows, WINDOW_COLUMNS, windowsSection } from '#report/sections/windows.ts';
import { type Content, type Element, element } from '../element.ts';
import {
  detailsElement,
  exportHtml,
  type Heading,
  modelled,
  notesElement,
  partElement,
  sentenceContents,
} from '../export-html.ts';

export const VERDICT: Heading = { id: 'verdict', title: 'The verdict' };

/** The exactness of the figures, the verdict in a few sentences, and the decision at each window. */
export function verdictSection(report: Report): Element {
  const { verdict, verdicts, warnings, scenario } = report;
  const exactness = statusElements(report);
  // A report that is not exact or not complete says so before any figure.
  const isSound = report.exact && report.complete;
  const windows = windowsSection(verdict, {
    batchSize: scenario.deployment.batchSize,
    drained: drainedWindows(report),
  });
  return partElement(
    VERDICT,
    ...(isSound ? [] : exactness),
    element(
      'p',
      { class: 'sentence', id: 'report-sentence' },
      ...sentenceContents(summarize(scenario, verdict, verdict.windows)),
    ),
    ...(isSound ? exactness : []),
    notesElement([...warnings, ...verdict.warnings]),
    element('p', { class: 'quiet' }, ...modelled(report), '. ', sourceOf(report)),
    exportHtml(select(windows, WINDOW_COLUMNS.page)),
    detailsElement('For other readers and databases', exportHtml(regimesSection(verdicts, verdict.freshnessUsd))),
  );
}

function sourceOf({ scenarioSource }: Report): string {
  return `Costs and delays are estimates for AWS. Rate: ${scenarioSource.rate}. Keys: ${scenarioSource.keys}.`;
}

/** States if the figures are reliable, before any of them is shown. */
export function statusElements(report: Report): Element[] {
  const partial = partialStatus(report);
  const unreliable: Content[] = [
    ' No other figure of this report can be relied on: see ',
    element('a', { href: '#correctness' }, 'Correctness'),
    '.',
  ];
  return [
    statusElement(report.exact ? '✓' : '✗', exactnessStatus(report), ...(report.exact ? [] : unreliable)),
    ...(partial === null ? [] : [statusElement('◔', partial)]),
  ];
}

function statusElement(symbol: string, { isSound, head, text }: Status, ...more: readonly Content[]): Element {
  const name = isSound ? 'status' : 'status bad';
  return element('p', { class: name }, element('strong', {}, `${symbol} ${head}:`), ` ${text}`, ...more);
}
