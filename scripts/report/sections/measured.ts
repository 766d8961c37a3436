import type { PathCorrectness } from '#bench/verify/correctness.ts';
import { BOTH_PATHS, PATHS, type Path } from '#functions/contract.ts';
import type { Distribution } from '#model/statistics/percentiles.ts';
import { formatSpan } from '#text/format-span.ts';
import { sustainedPerSecond } from '../definition/phase-reports.ts';
import type { BatchReport, CatchUpReport, PathReport, Report } from '../definition/report.ts';
import { formatBytes, formatCount, formatMs, formatNumber, NONE } from '../words/figures.ts';
import { type Cell, figures, type Section, words } from './section.ts';

const PREDICTED = 'Smaller or in brackets: predicted by a model fitted to all other phases.';

/** Columns of the drains that fit a terminal. */
export const DRAIN_COLUMNS = ['Window', 'By', 'Events', 'Took', 'Events/s', 'CPU', 'Rows written'];

/** Drains: the load of whole windows, counted by one path at a time. */
export function drainsSection({ drains, target }: Pick<Report, 'drains' | 'target'>): Section {
  const heading = `Drains, measured on the ${target.name} target`;
  if (drains.length === 0) return { heading, finding: 'No drain was measured.' };
  const isTooShort = drains.some(({ catchUp }) => sustainedPerSecond(catchUp) === null);
  return {
    heading,
    columns: [
      words('Window'),
      words('By'),
      ...['Events', 'Bytes', 'Invocations', 'Took', 'Events/s', 'Rows written', 'CPU', 'Waited to read'].map(figures),
      ...['Waited for the database', 'Init', 'Memory'].map(figures),
    ],
    rows: drains.flatMap(({ windowMs, load, cold, warm, catchUp }) => {
      const window = formatSpan(windowMs / 1_000);
      return [
        ...(cold === null ? [] : [drainRow(window, 'cold batch', load.bytes, cold)]),
        drainRow(window, 'warm batch', load.bytes, warm),
        drainRow(window, 'catch-up', load.bytes, catchUp),
      ];
    }),
    notes: isTooShort ? [`${NONE} events/s: the catch-up was too short to measure a throughput`] : [],
    howToRead:
      `Drain: the load of a whole window is sent at once. The batch counts it, cold and warm; then the micro-batch path counts it, catching up. ${PREDICTED}` +
      (target.name === 'aws' ? '' : ' These durations say nothing about AWS.'),
  };
}

function drainRow(window: string, by: string, bytes: number, phase: BatchReport | CatchUpReport): Cell[] {
  const { predicted, durationMs, maxMemoryMb } = phase;
  return [
    window,
    by,
    formatCount(phase.events),
    formatBytes(bytes),
    formatCount(phase.invocations),
    formatMs(durationMs),
    formatCount(throughputOf(phase)),
    { text: formatCount(phase.rowsWritten), note: formatCount(predicted.rowsWritten) },
    { text: formatMs(phase.cpuMs), note: formatMs(predicted.cpuMs) },
    formatMs(phase.readWaitMs),
    formatMs(phase.databaseWaitMs),
    'initMs' in phase ? formatMs(phase.initMs) : NONE,
    maxMemoryMb === null ? NONE : `${formatCount(maxMemoryMb)} MB`,
  ];
}

function throughputOf(phase: BatchReport | CatchUpReport): number | null {
  if ('eventsPerSecond' in phase) return sustainedPerSecond(phase);
  return phase.durationMs > 0 ? (phase.events / phase.durationMs) * 1_000 : null;
}

/** The micro-batch path alone, at each batching window. */
export function batchingWindowsSection({
  batchingWindows,
  target,
}: Pick<Report, 'batchingWindows' | 'target'>): Section {
  const heading = `Batching windows, the micro-batch path alone, measured on the ${target.name} target`;
  if (batchingWindows.length === 0)
    return { heading, finding: 'Only the batching window of the live run was measured.' };
  return {
    heading,
    columns: [
      words('Batching window'),
      ...['Freshness, mean', 'p95', 'Invocations', 'Rows written', 'per final row', 'CPU'].map(figures),
    ],
    rows: batchingWindows.map(({ batchingWindowSeconds, path, predicted }): Cell[] => [
      formatSpan(batchingWindowSeconds),
      path.freshnessMs === null
        ? NONE
        : { text: formatMs(path.freshnessMs.mean), note: formatMs(predicted.freshnessMs) },
      formatMs(path.freshnessMs?.p95),
      { text: formatCount(path.invocations), note: formatCount(predicted.invocations) },
      { text: formatCount(path.rowsWritten), note: formatCount(predicted.rowsWritten) },
      path.rowsFinal === 0 ? NONE : formatNumber(path.rowsWritten / path.rowsFinal),
      { text: formatMs(path.cpuMs), note: formatMs(predicted.cpuMs) },
    ]),
    howToRead:
      'Batching windows: each was run at the rate of the live run. The predicted freshness is for a database as on AWS.',
  };
}

type Live = Pick<Report, 'paths' | 'correctness' | 'load' | 'experiment' | 'target'>;
type PathRow = readonly [
  label: string,
  cell: (path: PathReport, correctness: PathCorrectness, load: Report['load']) => string,
];

const PATH_ROWS: readonly PathRow[] = [
  ['Events counted', (_, { counted }) => formatCount(counted)],
  ['Missing / surplus', (_, { missing, surplus }) => `${formatCount(missing)} / ${formatCount(surplus)}`],
  ['Quarantined lines', (_, { quarantined }) => formatCount(quarantined)],
  [
    'Late / dropped / discarded / expired',
    (_, { late, dropped, discarded, expired }) =>
      [late, dropped, discarded, expired].map((count) => formatCount(count)).join(' / '),
  ],
  ['Freshness p50 / p95 / p99 / max', ({ freshnessMs }) => spread(freshnessMs)],
  ['End to end p50 / p95 / p99 / max', ({ endToEndMs }) => spread(endToEndMs)],
  ['Finality p50 / p95 / p99 / max', ({ finalityMs }) => spread(finalityMs)],
  ['Windows final / open / begun before the load', windowCounts],
  [
    'Invocations (failed, cold)',
    ({ invocations, failedInvocations, coldStarts }) =>
      `${formatCount(invocations)} (${formatCount(failedInvocations)}, ${formatCount(coldStarts)})`,
  ],
  ['Invocations reported by the platform', ({ reportedInvocations }) => formatCount(reportedInvocations)],
  ['Billed duration', ({ billedDurationMs }) => formatMs(billedDurationMs)],
  ['Memory, greatest', ({ maxMemoryMb }) => (maxMemoryMb === null ? NONE : `${formatCount(maxMemoryMb)} MB`)],
  ['Rows written', ({ rowsWritten }) => formatCount(rowsWritten)],
  [
    'Rows written per final row',
    ({ rowsWritten, rowsFinal }) => (rowsFinal === 0 ? NONE : (rowsWritten / rowsFinal).toFixed(2)),
  ],
];

/** Both paths side by side in the live run. */
export function pathsSection({ paths, correctness, load, experiment, target }: Live): Section {
  return {
    heading: `${experiment === 'live' ? 'The live run' : 'The replay'}, both paths side by side, measured on the ${target.name} target`,
    columns: [words('Figure'), ...BOTH_PATHS.map((path) => figures(PATHS[path].name))],
    rows: PATH_ROWS.map(([label, cell]) => [
      label,
      ...BOTH_PATHS.map((path: Path) => cell(paths[path], correctness[path], load)),
    ]),
    notes: BOTH_PATHS.flatMap((path) => {
      const { reportsMissing } = paths[path];
      return reportsMissing === null ? [] : [`Incomplete for ${PATHS[path].name}: ${reportsMissing}.`];
    }),
    howToRead:
      'Freshness: time from the arrival of an event in the stream to the commit that counted it. End to end: time from its intended sending. ' +
      `Finality: time from the end of a window until its counts are known to be complete; ${NONE} for a replayed log. ` +
      'Failed, cold, billed duration, memory: figures of the platform.',
  };
}

function spread(distribution: Distribution | null): string {
  if (distribution === null) return NONE;
  const { p50, p95, p99, max } = distribution;
  return [p50, p95, p99, max].map(formatMs).join(' / ');
}

/** The three counts add up to all windows of the load, unless one that began before it is still open. A log has open windows only. */
function windowCounts({ finalityMs, openWindows }: PathReport, _: PathCorrectness, load: Report['load']): string {
  const final = formatCount(finalityMs?.count ?? 0);
  return [final, formatCount(openWindows), finalityMs === null ? NONE : formatCount(load.earlierWindows)].join(' / ');
}
