import type { Column } from '#text/render-table.ts';
import type { Judged } from './check-limits.ts';
import {
  type Cells,
  DIFFERENCE_HEAD,
  differenceRows,
  HOW_TO_READ,
  LIMIT_HEAD,
  limitRows,
  METRIC_HEAD,
  metricRows,
} from './rows.ts';
import { describeReport, groupByReason, summarize, summarizeLimits } from './summary.ts';

/** For a pull request on GitHub: a headline for each comparison, the limits in sight, every metric below a fold. */
export function renderMarkdown(judged: readonly Judged[]): string {
  return judged.map(renderComparison).join('\n\n');
}

function renderComparison(judged: Judged): string {
  const { base, other, differences, compared, notCompared, limits, isSame } = judged;
  return [
    `### Tidemark: ${escapeMarkdown(limits.length === 0 ? summarize(judged) : summarizeLimits(limits))}`,
    ...(limits.length === 0 ? [] : [`${escapeMarkdown(summarize(judged))}.`, table(LIMIT_HEAD, limitRows(limits))]),
    `Base: ${escapeMarkdown(describeReport(base))}<br>\nOther: ${escapeMarkdown(describeReport(other))}`,
    ...(differences.length === 0
      ? []
      : ['What differs beside the figures:', table(DIFFERENCE_HEAD, differenceRows(differences))]),
    ...(compared.length === 0 || isSame
      ? []
      : [
          `<details><summary>All ${compared.length} metrics</summary>`,
          table(METRIC_HEAD, metricRows(compared)),
          `How to read this: ${HOW_TO_READ.map(escapeMarkdown).join('\n')}`,
          '</details>',
        ]),
    ...groupByReason(notCompared).map(
      ({ names, reason }) => `Not compared: ${escapeMarkdown(names)}: ${escapeMarkdown(reason)}`,
    ),
  ].join('\n\n');
}

function table(head: readonly Column[], rows: readonly Cells[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(head.map((column) => column.head)),
    line(head.map(({ align }) => (align === 'right' ? '--:' : ':--'))),
    ...rows.map((cells) => line(cells.map(escapeMarkdown))),
  ].join('\n');
}

/** So that no file name or option becomes markup, a mention, or another cell. */
function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~#@]/g, (sign) => `\\${sign}`);
}
