import type { Choice } from '#model/verdict/choice.ts';
import type { Report } from '#report/definition/report.ts';
import { caseOrigin, exportHtml, type Heading, partElement } from '#report/page/export-html.ts';
import { type Figure, figures, type Section, words } from '#report/sections/section.ts';
import { formatCount, formatNumber } from '#report/words/figures.ts';
import { formatSpan } from '#text/format-span.ts';
import type { Element } from '../element.ts';
import type { CaseView } from '../own-case/evaluate-case.ts';

export const WRITTEN: Heading = { id: 'written', title: 'Keys held in memory and rows written' };

export function writtenSection(report: Report, view: CaseView): Element {
  return partElement(WRITTEN, exportHtml(writtenFigure(view), caseOrigin('written', view.own, report)));
}

export function writtenFigure(view: CaseView): Figure {
  return {
    chart: 'written',
    finding: findingOf(view),
    howToRead:
      'Neither path holds events, only keys and their counts. A micro-batch holds the keys of one batch, however long the window; the batch holds those of a whole window. ' +
      'Streaming writes a row again with every batch that touches it. Rows written per final row measure the database’s work; a longer batching window reduces it. ' +
      'Streaming has its best setting at each window. A line is missing where its path can’t work at this load.',
    ...writtenTable(view),
  };
}

function findingOf({ chosen }: CaseView): string {
  const { windowSeconds, stream, batch } = chosen;
  return `At ${formatSpan(windowSeconds)} streaming ${sayWork(stream)}; the batch ${sayWork(batch)}.`;
}

function sayWork(choice: Choice): string {
  const { possible, rowsWrittenPerFinalRow, heldKeys } = choice;
  if (!possible) return 'can’t work at this load';
  return `writes ${formatNumber(rowsWrittenPerFinalRow)} rows per final row and holds ${formatCount(heldKeys)} keys at most`;
}

function ifPossible({ possible }: Choice, figure: number): number | null {
  return possible ? figure : null;
}

function writtenTable({ curve }: CaseView): Section {
  return {
    heading: 'Keys held at most by one invocation, and rows written per final row, over window size; modelled',
    columns: [
      words('Window'),
      figures('Streaming: keys held'),
      figures('Batch: keys held'),
      figures('Streaming: rows written per final row'),
      figures('Batch: rows written per final row'),
    ],
    rows: curve.map(({ windowSeconds, stream, batch }) => [
      formatSpan(windowSeconds),
      formatCount(ifPossible(stream, stream.heldKeys)),
      formatCount(ifPossible(batch, batch.heldKeys)),
      formatNumber(ifPossible(stream, stream.rowsWrittenPerFinalRow)),
      formatNumber(ifPossible(batch, batch.rowsWrittenPerFinalRow)),
    ]),
  };
}
