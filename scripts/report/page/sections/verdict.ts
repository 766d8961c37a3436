import { summarize } from '#model/verdict/summary.ts';
import type { Report } from '#report/definition/report.ts';
import { READERS_IN_WORDS, REGIMES_IN_WORDS } from '#report/words/case.ts';
import { formatSpan } from '#text/format-span.ts';
import { type Content, type Element, element } from '../element.ts';
import { NONE } from '../figures.ts';
import { modelled } from '../marks.ts';
import { figures, sentences, type Table, tableElement, words } from '../table.ts';
import { windowTable } from '../window-table.ts';
import { exactnessElements } from './exactness.ts';
import { detailsElement, type Heading, paragraph, sectionElement } from './section.ts';
import { sentenceContents } from './sentence.ts';

export const VERDICT: Heading = { id: 'verdict', title: 'The verdict' };

/** What people came for: whether the figures hold, the answer in a sentence, and the answer for each window. */
export function verdictSection(report: Report): Element {
  const { verdict, warnings, scenario } = report;
  const exactness = exactnessElements(report);
  // What makes the figures worthless, or fewer than expected, is said before any of them.
  const isSound = report.exact && report.complete;
  return sectionElement(
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
    tableElement(windowTable(verdict.windows, verdict, drainedWindows(report))),
    detailsElement('For other readers and databases', tableElement(otherVerdicts(report)), alikeElement(verdict)),
  );
}

export function notesElement(notes: readonly string[]): Content {
  if (notes.length === 0) return null;
  return element('ul', { class: 'notes' }, ...notes.map((note) => element('li', {}, note)));
}

function sourceOf({ scenarioSource }: Report): string {
  return `Costs and delays are estimates for AWS. Rate: ${scenarioSource.rate}. Keys: ${scenarioSource.keys}.`;
}

/** In seconds, as the verdict has them. */
function drainedWindows({ drains }: Report): ReadonlySet<number> {
  return new Set(drains.map(({ windowMs }) => windowMs / 1_000));
}

function alikeElement({ freshnessUsd }: Report['verdict']): Content {
  if (freshnessUsd > 0) return null;
  return paragraph('Both readers’ windows are the same, since the value of freshness is 0 here.');
}

function otherVerdicts({ verdicts }: Report): Table {
  return {
    caption: 'The same load, for each reader in each regime of the database; modelled',
    columns: [
      words('Reader'),
      words('Database'),
      figures('Batch from'),
      figures('by the error, from'),
      figures('to'),
      sentences('In a sentence'),
    ],
    rows: verdicts.map(({ reader, regime, thresholdSeconds, earliestSeconds, latestSeconds, sentence }) => [
      READERS_IN_WORDS[reader].ofSeveral,
      REGIMES_IN_WORDS[regime].ofSeveral,
      thresholdText(thresholdSeconds),
      boundText(earliestSeconds),
      boundText(latestSeconds),
      sentence,
    ]),
  };
}

/** From which window on batch is better, or that it never is. */
export function thresholdText(seconds: number | null): string {
  return seconds === null ? 'never, up to a day' : formatSpan(seconds);
}

export function boundText(seconds: number | null): string {
  return seconds === null ? NONE : formatSpan(seconds);
}
