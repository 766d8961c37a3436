import type { Report } from '#report/definition/report.ts';
import { plural } from '#text/plural.ts';
import type { Content } from '../element.ts';
import { formatCount, NONE } from '../figures.ts';
import { figures, sentences, tableElement, words } from '../table.ts';
import { detailsElement, paragraph } from './section.ts';

/** Lines that no path could count: set aside in quarantine, or left out of the load since they are no events. */
export function uncountedContents(report: Report): Content[] {
  return [...quarantined(report), ...unparsed(report)];
}

function quarantined({ paths }: Report): Content[] {
  const lines = paths.microBatch.quarantine;
  if (lines.length === 0) return [];
  return [
    detailsElement(
      `Quarantined lines of the live run, the first ${lines.length}`,
      tableElement({
        caption: 'Lines that can’t be counted, with their first bytes; measured on the micro-batch path',
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

/** Lines of a log that were not sent, since they are no events. */
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
        caption: 'Lines of the log that were not sent, by how they begin',
        columns: [words('Line'), words('Reason'), sentences('Text')],
        rows: left.examples.map(({ line, reason, text }) => [formatCount(line), reason, text]),
      }),
    ),
  ];
}

/** Bytes that may be anything, as text; control characters would not be seen. */
function decodeHead(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new TextDecoder()
    .decode(bytes)
    .replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
