import type { PathCorrectness } from '#bench/verify/correctness.ts';
import { detailsElement, type Heading, paragraph, partElement, tableElement } from '#report/page/export-html.ts';
import { figures, type Section, sentences, words } from '#report/sections/section.ts';
import { plural } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';
import type { Report } from '../../definition/report.ts';
import { formatCount, NONE } from '../../words/figures.ts';
import type { Content, Element } from '../element.ts';

export const CORRECTNESS: Heading = { id: 'correctness', title: 'Correctness' };

type Phase = {
  readonly name: string;
  readonly path: string;
  readonly lines: number | null;
  readonly correctness: PathCorrectness;
};

/** Every term of both paths, for everything that was measured. */
export function correctnessSection(report: Report): Element {
  return partElement(
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

function termsTable(phases: readonly Phase[]): Section {
  return {
    heading: 'Lines sent, by outcome, measured. Late and after final: also in counted or dropped',
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
      heading: 'Rows that differ, the first ten of each path: window’s start, host and, in the second table, referrer',
      columns: [words('Run'), words('Path'), sentences('Row'), figures('Sent'), figures('Counted')],
      rows,
    }),
  ];
}

/** Lines that no path could count: quarantined lines, and lines of a log that are no events and were not sent. */
function uncountedContents(report: Report): Content[] {
  return [...quarantined(report), ...unparsed(report)];
}

function quarantined({ paths }: Report): Content[] {
  const lines = paths.microBatch.quarantine;
  if (lines.length === 0) return [];
  return [
    detailsElement(
      `Quarantined lines of the live run, the first ${lines.length}`,
      tableElement({
        heading: 'Lines that can’t be counted, with their first bytes; measured on the micro-batch path',
        columns: [
          words('Sequence number'),
          words('Shard'),
          figures('Line'),
          words('Reason'),
          sentences('Expected'),
          sentences('Begins with'),
        ],
        rows: lines.map(({ sequenceNumber, shardId, position, reason, expected, head }) => [
          sequenceNumber,
          shardId,
          formatCount(position),
          reason,
          expected ?? NONE,
          decodeHead(head),
        ]),
      }),
    ),
  ];
}

/** Lines of a log that are no events and were not sent. */
function unparsed({ load: { input } }: Report): Content[] {
  if (input === null) return [];
  const { linesRead, blankLines, unparsed: left } = input;
  const read = `Of ${plural(linesRead, 'line')} read (${input.format ?? 'no format'}), ${formatCount(blankLines)} blank and ${formatCount(left.count)} that could not be parsed were not sent.`;
  if (left.examples.length === 0) return [paragraph(read)];
  return [
    paragraph(read),
    detailsElement(
      `Lines that could not be parsed, the first ${left.examples.length}`,
      tableElement({
        heading: 'Lines of the log that were not sent, by how they begin',
        columns: [words('Line'), words('Reason'), sentences('Text')],
        rows: left.examples.map(({ line, reason, text }) => [formatCount(line), reason, text]),
      }),
    ),
  ];
}

/** Arbitrary bytes as text; control characters are written as escapes, because they are invisible. */
function decodeHead(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new TextDecoder()
    .decode(bytes)
    .replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
