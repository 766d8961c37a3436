import { renderTable } from '#text/render-table.ts';
import type { Judged } from './check-limits.ts';
import {
  DIFFERENCE_HEAD,
  differenceRows,
  HOW_TO_READ,
  LIMIT_HEAD,
  limitRows,
  METRIC_HEAD,
  metricRows,
} from './rows.ts';
import { describeReport, groupByReason, summarize, summarizeLimits } from './summary.ts';

/** Every comparison with the base as text: what it comes to, what differs beside the figures, the figures, the limits. */
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
    limits.length === 0 ? '' : `${summarizeLimits(limits)}\n\n${renderTable(LIMIT_HEAD, limitRows(limits))}`,
    differences.length === 0
      ? ''
      : `What differs beside the figures\n\n${renderTable(DIFFERENCE_HEAD, differenceRows(differences))}`,
    compared.length === 0 || isSame ? '' : renderTable(METRIC_HEAD, metricRows(compared)),
    ...groupByReason(notCompared).map(({ names, reason }) => `Not compared: ${names}: ${reason}`),
  ]
    .filter(Boolean)
    .join('\n\n');
}
