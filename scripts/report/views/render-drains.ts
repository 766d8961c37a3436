import { formatCount } from '#text/format-count.ts';
import { formatSpan } from '#text/format-span.ts';
import { renderTable } from '#text/render-table.ts';
import { beside, known, PREDICTED, renderMs } from '../definition/figures-text.ts';
import { sustainedPerSecond } from '../definition/phase-reports.ts';
import type { Report } from '../definition/report.ts';

/** Each drain as it was measured, and in brackets what a model that has not seen it predicts. Empty without any. */
export function renderDrains({ drains, target }: Report): string {
  if (drains.length === 0) return '';
  const rows = drains.map(({ windowMs, load, cold, warm, catchUp }) => [
    formatSpan(windowMs / 1_000),
    formatCount(load.events),
    cold === null ? '–' : renderMs(cold.durationMs),
    renderMs(warm.durationMs),
    beside(renderMs, warm.cpuMs, warm.predicted.cpuMs),
    beside(formatCount, warm.rowsWritten, warm.predicted.rowsWritten),
    known(sustainedPerSecond(catchUp), formatCount),
    beside(renderMs, catchUp.cpuMs, catchUp.predicted.cpuMs),
    beside(formatCount, catchUp.rowsWritten, catchUp.predicted.rowsWritten),
  ]);
  return [
    `One window's load: the batch alone, then the micro-batch path catching up; measured on ${target.name}${PREDICTED}`,
    renderTable(
      [
        { head: 'window', align: 'left' },
        { head: 'events', align: 'right' },
        { head: 'batch cold', align: 'right' },
        { head: 'warm', align: 'right' },
        { head: 'CPU', align: 'right' },
        { head: 'rows', align: 'right' },
        { head: 'catch-up/s', align: 'right' },
        { head: 'CPU', align: 'right' },
        { head: 'rows', align: 'right' },
      ],
      rows,
    ),
    ...(drains.some(({ catchUp }) => sustainedPerSecond(catchUp) === null) ? ['  –: too short to tell'] : []),
  ].join('\n');
}
