import { formatCount, plural } from '#text/format-number.ts';
import { left, renderTable, right } from '#text/render-table.ts';
import type { FoundBatches, RedriveRow } from './redrive.ts';

/** The failed batches that could be redriven. */
export function renderList({ batches, unreadable, ofOtherStreams }: FoundBatches): string {
  const columns = [
    left('shard'),
    left('first arrival'),
    right('records'),
    left('reason'),
    left('payload'),
    left('name'),
  ];
  const rows = batches.map(({ shardId, firstArrival, records, condition, hasPayload, source }) => [
    shardId,
    firstArrival,
    formatCount(records),
    condition,
    hasPayload ? 'yes' : 'no',
    source,
  ]);
  return lines(
    rows.length === 0 ? 'No failed batches of this stream.' : renderTable(columns, rows),
    renderProblems(unreadable),
    renderOthers(ofOtherStreams),
  );
}

const FIGURES = ['records', 'counted', 'alreadyCounted', 'events', 'quarantined', 'dropped'] as const;

/** One row for each batch, the sums, and the records that could not be counted. */
export function renderRedrive(
  rows: readonly RedriveRow[],
  { unreadable, ofOtherStreams }: Pick<FoundBatches, 'unreadable' | 'ofOtherStreams'>,
): string {
  const total = (figure: (typeof FIGURES)[number]): number => rows.reduce((sum, row) => sum + row[figure], 0);
  const columns = [
    left('batch'),
    left('shard'),
    ...['records', 'counted', 'already counted', 'events', 'quarantined', 'dropped'].map(right),
  ];
  const body = rows.map((row) => [
    nameOf(row.source),
    row.shardId,
    ...FIGURES.map((figure) => formatCount(row[figure])),
  ]);
  const sums = ['total', '', ...FIGURES.map((figure) => formatCount(total(figure)))];
  const problems = rows.flatMap(({ source, problem }) => (problem === null ? [] : [`${source}: ${problem}`]));
  return lines(
    rows.length === 0 ? 'Nothing to redrive.' : renderTable(columns, rows.length === 1 ? body : [...body, sums]),
    renderProblems([...problems, ...unreadable]),
    renderOthers(ofOtherStreams),
  );
}

/** The last part of a key; the parts before it are mapping, shard and day. */
function nameOf(source: string): string {
  return source.slice(source.lastIndexOf('/') + 1);
}

function renderProblems(problems: readonly string[]): string {
  return problems.length === 0 ? '' : ['Not counted:', ...problems.map((problem) => `  ${problem}`)].join('\n');
}

function renderOthers(ofOtherStreams: number): string {
  if (ofOtherStreams === 0) return '';
  return `Left out: ${plural(ofOtherStreams, 'failed batch').replace(/batchs$/, 'batches')} of other streams; name them to redrive them.`;
}

function lines(...parts: string[]): string {
  return parts.filter(Boolean).join('\n\n');
}
