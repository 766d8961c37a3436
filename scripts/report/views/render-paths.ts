import type { PathCorrectness } from '#bench/verify/correctness.ts';
import { PATH_NAMES } from '#functions/contract.ts';
import { formatCount } from '#text/format-count.ts';
import { renderTable } from '#text/render-table.ts';
import { known, renderMs, spread } from '../definition/figures-text.ts';
import type { PathReport, Report } from '../definition/report.ts';

type Row = [label: string, cell: (path: PathReport, correctness: PathCorrectness, load: Report['load']) => string];

const ROWS: Row[] = [
  ['events counted', (_, { counted }) => formatCount(counted)],
  ['missing / surplus', (_, { missing, surplus }) => `${formatCount(missing)} / ${formatCount(surplus)}`],
  ['quarantined lines', (_, { quarantined }) => formatCount(quarantined)],
  ['late / dropped', (_, { late, dropped }) => `${formatCount(late)} / ${formatCount(dropped)}`],
  ['discarded / expired', (_, { discarded, expired }) => `${formatCount(discarded)} / ${formatCount(expired)}`],
  ['freshness p50 / p95 / p99 / max', ({ freshnessMs }) => spread(freshnessMs)],
  ['end to end p50 / p95 / p99 / max', ({ endToEndMs }) => spread(endToEndMs)],
  ['finality p50 / p95 / p99 / max', ({ finalityMs }) => spread(finalityMs)],
  ['  of windows; open; begun before the load', windowsOf],
  [
    'invocations (failed, cold)',
    (path) =>
      `${formatCount(path.invocations)} (${known(path.failedInvocations, formatCount)}, ${known(path.coldStarts, formatCount)})`,
  ],
  ['  reported by the platform', ({ reportedInvocations }) => formatCount(reportedInvocations)],
  ['billed duration', ({ billedDurationMs }) => known(billedDurationMs, renderMs)],
  ['memory, greatest', ({ maxMemoryMb }) => known(maxMemoryMb, (mb) => `${formatCount(mb)} MB`)],
  ['rows written', ({ rowsWritten }) => formatCount(rowsWritten)],
  [
    'rows written per final row',
    ({ rowsWritten, rowsFinal }) => (rowsFinal === 0 ? '–' : (rowsWritten / rowsFinal).toFixed(2)),
  ],
];

/** Both paths side by side in the live run. */
export function renderPaths({ paths, correctness, load, experiment, target }: Report): string {
  const of = experiment === 'live' ? 'The live run' : 'The replay';
  return [
    `${of}, both paths side by side, measured on ${target.name}`,
    renderTable(
      [{ head: '', align: 'left' }, ...PATH_NAMES.map((name) => ({ head: name, align: 'right' as const }))],
      ROWS.map(([label, cell]) => [
        label,
        cell(paths.microBatch, correctness.microBatch, load),
        cell(paths.scheduledBatch, correctness.scheduledBatch, load),
      ]),
    ),
  ].join('\n');
}

/** Together all windows of the load, unless one that began before it is still open; of a log there are only open ones. */
function windowsOf({ finalityMs, openWindows }: PathReport, _: PathCorrectness, load: Report['load']): string {
  const final = formatCount(finalityMs?.count ?? 0);
  return [final, formatCount(openWindows), finalityMs === null ? '–' : formatCount(load.earlierWindows)].join('; ');
}
