import { renderTable } from '#text/render-table.ts';
import type { Judged } from './limits.ts';
import { describeReport, groupByReason, summarize, summarizeLimits } from './summary.ts';
import { differenceTable, HOW_TO_READ, limitTable, metricTable, type Table } from './tables.ts';

/** Renders comparisons for a terminal: the result of each, its limits, other differences and the metrics. */
export function renderText(judged: readonly Judged[]): string {
  const howToRead = judged.some(({ compared }) => compared.length > 0)
    ? [['How to read this', ...HOW_TO_READ].join('\n  ')]
    : [];
  return [...judged.map(renderComparison), ...howToRead].join('\n\n');
}

function renderComparison(judged: Judged): string {
  const { base, other, differences, compared, notCompared, limits, isSame } = judged;
  return [
    `${summarize(judged)}.\n  base:  ${describeReport(base)}\n  other: ${describeReport(other)}`,
    ...(limits.length === 0 ? [] : [summarizeLimits(limits), draw(limitTable(limits))]),
    ...(differences.length === 0 ? [] : ['Other differences', draw(differenceTable(differences))]),
    ...(compared.length === 0 || isSame ? [] : [draw(metricTable(compared))]),
    ...groupByReason(notCompared).map(({ names, reason }) => `Not compared: ${names}: ${reason}`),
  ].join('\n\n');
}

function draw({ head, rows }: Table): string {
  return renderTable(head, rows);
}
