import type { Judged } from './limits.ts';
import { describeReport, groupByReason, summarize, summarizeLimits } from './summary.ts';
import { differenceTable, HOW_TO_READ, limitTable, metricTable, type Table } from './tables.ts';

/** Renders comparisons for a pull request on GitHub. The limits are visible; the metrics are folded. */
export function renderMarkdown(judged: readonly Judged[]): string {
  return judged.map(renderComparison).join('\n\n');
}

function renderComparison(judged: Judged): string {
  const { base, other, differences, compared, notCompared, limits, isSame } = judged;
  const summary = escapeMarkdown(summarize(judged));
  return [
    `### Tidemark: ${limits.length === 0 ? summary : summarizeLimits(limits)}`,
    ...(limits.length === 0 ? [] : [`${summary}.`, draw(limitTable(limits))]),
    `Base: ${escapeMarkdown(describeReport(base))}<br>\nOther: ${escapeMarkdown(describeReport(other))}`,
    ...(differences.length === 0 ? [] : ['Other differences:', draw(differenceTable(differences))]),
    ...(compared.length === 0 || isSame
      ? []
      : [
          `<details><summary>All ${compared.length} metrics</summary>`,
          draw(metricTable(compared)),
          `How to read this: ${HOW_TO_READ.map(escapeMarkdown).join('\n')}`,
          '</details>',
        ]),
    ...groupByReason(notCompared).map(
      ({ names, reason }) => `Not compared: ${escapeMarkdown(names)}: ${escapeMarkdown(reason)}`,
    ),
  ].join('\n\n');
}

function draw({ head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(head.map((column) => column.head)),
    line(head.map(({ align }) => (align === 'right' ? '--:' : ':--'))),
    ...rows.map((cells) => line(cells.map(escapeMarkdown))),
  ].join('\n');
}

/** No file name or option may become markup, a mention, or another cell. */
function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~#@]/g, (sign) => `\\${sign}`);
}
