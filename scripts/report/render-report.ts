import Table from 'cli-table3';
import type { Distribution } from '../stats/percentiles.ts';
import type { PathCorrectness } from '../verify/correctness.ts';
import type { PathReport, Report } from './report.ts';

/** The report as text: the verdict on exactness first, then both paths side by side, then what the rows mean. */
export function renderReport(report: Report): string {
  return [renderCorrectness(report), renderTable(report), renderInput(report), HOW_TO_READ]
    .filter(Boolean)
    .join('\n\n');
}

function renderCorrectness({ correctness, load, faults }: Report): string {
  const { exact, sentEvents, sentMalformed, pathsAgree, microBatch, scheduledBatch } = correctness;
  const sent = `${counted(sentEvents, 'event')} in ${counted(load.windows, 'window')}`;
  const quarantined = sentMalformed === 0 ? '' : `, ${counted(sentMalformed, 'malformed line')} quarantined`;
  const killed = faults.length === 0 ? '' : `, ${counted(faults.length, 'execution environment')} killed meanwhile`;
  if (exact) return `EXACT: both paths ${whatBecameOf(sent, microBatch)}${quarantined}${killed}.`;
  return [
    `NOT EXACT: the paths differ from the ${sent} that were sent${killed}.`,
    ...(pathsAgree ? [] : ['  The tables of the two paths differ from each other.']),
    ...renderFaults('micro-batch', microBatch),
    ...renderFaults('scheduled-batch', scheduledBatch),
  ].join('\n');
}

/** Paths that are both exact have dropped alike, so either one speaks for both. */
function whatBecameOf(sent: string, path: PathCorrectness): string {
  if (path.dropped === 0) return `counted all of ${sent}`;
  return `counted ${count(path.counted)} of ${sent} and dropped the other ${count(path.dropped)} as late`;
}

function renderFaults(name: string, path: PathCorrectness): string[] {
  if (path.exact) return [];
  const { missing, surplus, unexplained, examples } = path;
  const summary = `${count(missing)} missing, ${count(surplus)} surplus, ${count(unexplained)} lines unexplained`;
  return [
    `  ${name}: ${summary}`,
    ...examples.slice(0, 5).map(({ key, sent, counted }) => `    ${key}: sent ${sent}, counted ${counted}`),
  ];
}

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
    (path) => `${count(path.invocations)} (${path.failedInvocations}, ${path.coldStarts})`,
  ],
  ['billed duration', ({ billedDurationMs }) => seconds(billedDurationMs)],
  ['memory, greatest', ({ maxMemoryMb }) => `${count(maxMemoryMb)} MB`],
  ['rows written', ({ rowsWritten }) => count(rowsWritten)],
  [
    'rows written per final row',
    ({ rowsWritten, rowsFinal }) => (rowsFinal === 0 ? '–' : (rowsWritten / rowsFinal).toFixed(2)),
  ],
];

function renderTable({ paths, correctness }: Report): string {
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

function renderInput({ load: { input } }: Report): string {
  if (input === null) return '';
  const { unparsed } = input;
  const head = `Read ${count(input.linesRead)} lines (${input.format}), could not parse ${count(unparsed.count)}.`;
  return [
    head,
    ...unparsed.examples.slice(0, 5).map(({ line, reason, text }) => `  line ${count(line)}: ${reason}: ${text}`),
  ].join('\n');
}

const HOW_TO_READ = `How to read this
  freshness: from an event's arrival in the stream to the commit that counted it · end to end: from when it should have been sent
  finality: from a window's end until its counts were known to be complete; – for a replayed log
  rows written per final row: how often a row was touched before it stood; what tells the two paths apart in the database
  All figures measured on this machine; embedded durations say nothing about the bill on AWS.`;

function spread(distribution: Distribution | null): string {
  if (distribution === null) return '–';
  const { p50, p95, p99, max } = distribution;
  return [p50, p95, p99, max].map(seconds).join(' / ');
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** `1 window`, `84 windows`. */
function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
