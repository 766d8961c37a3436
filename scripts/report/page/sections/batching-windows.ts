import type { Report } from '#report/definition/report.ts';
import { formatSpan } from '#text/format-span.ts';
import type { Content } from '../element.ts';
import { formatCount, formatMs, formatNumber, NONE } from '../figures.ts';
import { withNote } from '../note.ts';
import { figures, tableElement, words } from '../table.ts';
import { nothingToShow } from './section.ts';

/** The micro-batch path's own dial, measured. */
export function batchingWindowsContents({ batchingWindows, target }: Report): Content[] {
  if (batchingWindows.length === 0) return [nothingToShow('None was measured beside the live run’s own.')];
  return [
    tableElement({
      caption: `The micro-batch path alone at the live run’s rate, measured on the ${target.name} target. Below: what a model that was fitted to everything else says of the same; of freshness with a database as on AWS`,
      columns: [
        words('Batching window'),
        figures('Freshness, mean'),
        figures('p95'),
        figures('Invocations'),
        figures('Rows written'),
        figures('per final row'),
        figures('CPU'),
      ],
      rows: batchingWindows.map(({ batchingWindowSeconds, path, predicted }) => [
        formatSpan(batchingWindowSeconds),
        withNote(formatMs(path.freshnessMs?.mean), formatMs(predicted.freshnessMs)),
        formatMs(path.freshnessMs?.p95),
        withNote(formatCount(path.invocations), formatCount(predicted.invocations)),
        withNote(formatCount(path.rowsWritten), formatCount(predicted.rowsWritten)),
        path.rowsFinal === 0 ? NONE : formatNumber(path.rowsWritten / path.rowsFinal),
        withNote(formatMs(path.cpuMs), formatMs(predicted.cpuMs)),
      ]),
    }),
  ];
}
