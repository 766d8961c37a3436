import type { PathCorrectness } from '#bench/verify/correctness.ts';
import type { Report } from '#report/definition/report.ts';
import { formatSpan } from '#text/format-span.ts';
import type { Content, Element } from '../element.ts';
import { formatCount } from '../figures.ts';
import { figures, sentences, type Table, tableElement, words } from '../table.ts';
import { type Heading, paragraph, sectionElement } from './section.ts';
import { uncountedContents } from './uncounted.ts';

export const CORRECTNESS: Heading = { id: 'correctness', title: 'Correctness' };

type Phase = {
  readonly name: string;
  readonly path: string;
  readonly lines: number | null;
  readonly correctness: PathCorrectness;
};

/** Every term of both paths, for everything that was measured. */
export function correctnessSection(report: Report): Element {
  return sectionElement(
    CORRECTNESS,
    paragraph(
      'Each run’s tables were compared row by row with the load’s own count before any time was reported. For each path, always: ' +
        'counted + quarantined + dropped + discarded + expired = lines sent.',
    ),
    tableElement(termsTable(phasesOf(report))),
    ...differences(report),
    ...uncountedContents(report),
  );
}

function phasesOf({ correctness, calibration, drains, batchingWindows, repeats, experiment }: Report): Phase[] {
  const first = experiment === 'replay' ? 'Replay' : repeats.length > 1 ? 'Live run, the first' : 'Live run';
  return [
    ...bothPaths(first, correctness),
    ...(calibration === null ? [] : bothPaths('Calibration', calibration.correctness)),
    ...drains.flatMap((drain) => {
      const name = `Drain of ${formatSpan(drain.windowMs / 1_000)}`;
      const lines = drain.correctness.sentLines;
      return [
        { name: `${name}, first batch`, path: 'scheduled-batch', lines, correctness: drain.coldCorrectness },
        ...bothPaths(name, drain.correctness),
      ];
    }),
    ...batchingWindows.map((phase) => ({
      name: `Batching window ${formatSpan(phase.batchingWindowSeconds)}`,
      path: 'micro-batch',
      lines: phase.load.lines,
      correctness: phase.correctness,
    })),
  ];
}

function bothPaths(name: string, { sentLines, microBatch, scheduledBatch }: Report['correctness']): Phase[] {
  return [
    { name, path: 'micro-batch', lines: sentLines, correctness: microBatch },
    { name, path: 'scheduled-batch', lines: sentLines, correctness: scheduledBatch },
  ];
}

const TERMS = [
  ['Counted', 'counted'],
  ['Quarantined', 'quarantined'],
  ['Dropped', 'dropped'],
  ['Discarded', 'discarded'],
  ['Expired', 'expired'],
  ['Unexplained', 'unexplained'],
  ['Unread', 'unread'],
  ['Missing', 'missing'],
  ['Surplus', 'surplus'],
  ['Late', 'late'],
  ['After final', 'afterFinal'],
] as const;

function termsTable(phases: readonly Phase[]): Table {
  return {
    caption:
      'What became of the lines that were sent, measured; late and after final are counted or dropped, and in those',
    columns: [
      words('Run'),
      words('Path'),
      words('Exact'),
      figures('Lines sent'),
      ...TERMS.map(([label]) => figures(label)),
    ],
    rows: phases.map(({ name, path, lines, correctness }) => [
      name,
      path,
      correctness.exact ? '✓ yes' : '✗ no',
      formatCount(lines),
      ...TERMS.map(([, term]) => formatCount(correctness[term])),
    ]),
  };
}

/** Rows that differ; none where all is exact. */
function differences(report: Report): Content[] {
  const rows = phasesOf(report).flatMap(({ name, path, correctness }) =>
    correctness.examples.map(({ key, sent, counted }) => [name, path, key, formatCount(sent), counted]),
  );
  if (rows.length === 0) return [];
  return [
    tableElement({
      caption: 'Rows that differ, the first ten of each path: window’s start, host and, in the second table, referrer',
      columns: [words('Run'), words('Path'), sentences('Row'), figures('Sent'), figures('Counted')],
      rows,
    }),
  ];
}
