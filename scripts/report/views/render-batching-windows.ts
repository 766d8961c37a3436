import { formatCount } from '#text/format-count.ts';
import { formatSpan } from '#text/format-span.ts';
import { renderTable } from '#text/render-table.ts';
import { beside, known, PREDICTED, renderMs } from '../definition/figures-text.ts';
import type { Report } from '../definition/report.ts';

/** The micro-batch path alone at each batching window, and in brackets what the model predicts of it. Empty without any. */
export function renderBatchingWindows({ batchingWindows, target }: Report): string {
  if (batchingWindows.length === 0) return '';
  const rows = batchingWindows.map(({ batchingWindowSeconds, path, predicted }) => [
    formatSpan(batchingWindowSeconds),
    path.freshnessMs === null ? '–' : beside(renderMs, path.freshnessMs.mean, predicted.freshnessMs),
    known(path.freshnessMs?.p95 ?? null, renderMs),
    beside(formatCount, path.invocations, predicted.invocations),
    beside(formatCount, path.rowsWritten, predicted.rowsWritten),
    beside(renderMs, path.cpuMs, predicted.cpuMs),
  ]);
  return [
    `Micro-batch path alone by batching window, measured on ${target.name}${PREDICTED}`,
    renderTable(
      [
        { head: 'batching window', align: 'left' },
        { head: 'freshness, mean', align: 'right' },
        { head: 'p95', align: 'right' },
        { head: 'invocations', align: 'right' },
        { head: 'rows written', align: 'right' },
        { head: 'CPU', align: 'right' },
      ],
      rows,
    ),
  ].join('\n');
}
