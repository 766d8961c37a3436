import Table from 'cli-table3';
import type { PathCorrectness } from '../verify/correctness.ts';
import { count, known, seconds, spread } from './figures-text.ts';
import type { PathReport, Report } from './report.ts';

type Row = [label: string, cell: (path: PathReport, correctness: PathCorrectness) => string];

const ROWS: Row[] = [
  ['events counted', (_, { counted }) => count(counted)],
  ['missing / surplus', (_, { missing, surplus }) => `${count(missing)} / ${count(surplus)}`],
  ['quarantined lines', (_, { quarantined }) => count(quarantined)],
  ['late / dropped', (_, { late, dropped }) => `${count(late)} / ${count(dropped)}`],
  ['discarded / expired', (_, { discarded, expired }) => `${count(discarded)} / ${count(expired)}`],
  ['freshness p50 / p95 / p99 / max', ({ freshnessMs }) => spread(freshnessMs)],
  ['  of events', ({ freshnessMs }) => count(freshnessMs?.count ?? 0)],
  ['end to end p50 / p95 / p99 / max', ({ endToEndMs }) => spread(endToEndMs)],
  ['finality p50 / p95 / p99 / max', ({ finalityMs }) => spread(finalityMs)],
  [
    '  of windows; still open',
    ({ finalityMs, openWindows }) => `${count(finalityMs?.count ?? 0)}; ${count(openWindows)}`,
  ],
  [
    'invocations (failed, cold)',
    (path) => `${count(path.invocations)} (${known(path.failedInvocations, count)}, ${known(path.coldStarts, count)})`,
  ],
  ['  reported by the platform', ({ reportedInvocations }) => count(reportedInvocations)],
  ['billed duration', ({ billedDurationMs }) => known(billedDurationMs, seconds)],
  ['memory, greatest', ({ maxMemoryMb }) => known(maxMemoryMb, (mb) => `${count(mb)} MB`)],
  ['rows written', ({ rowsWritten }) => count(rowsWritten)],
  [
    'rows written per final row',
    ({ rowsWritten, rowsFinal }) => (rowsFinal === 0 ? '–' : (rowsWritten / rowsFinal).toFixed(2)),
  ],
];

/** Both paths side by side. */
export function renderPaths({ paths, correctness }: Report): string {
  const table = new Table({
    head: ['', 'micro-batch', 'scheduled-batch'],
    colAligns: ['left', 'right', 'right'],
    chars: PLAIN_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 3 },
  });
  for (const [label, cell] of ROWS) {
    table.push([
      label,
      cell(paths.microBatch, correctness.microBatch),
      cell(paths.scheduledBatch, correctness.scheduledBatch),
    ]);
  }
  return table.toString().replace(/ +$/gm, '');
}

const PLAIN_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
