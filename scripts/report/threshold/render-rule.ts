import type { RuleRow } from '#model/verdict/engines/test-rule.ts';
import { formatSpan } from '#text/format-span.ts';
import { renderTable } from '#text/render-table.ts';
import type { Answer } from './answer.ts';

/** Where the threshold falls for what people would use instead, under each set of assumptions; the project's own paths last. */
export function renderRule({ rule }: Pick<Answer, 'rule'>): string {
  const streams = [...new Set(rule.map(({ stream }) => stream))];
  return streams
    .map((stream) =>
      renderTable(
        [
          { head: `The rule "batch from about 1 hour on": instead of ${stream}`, align: 'left' },
          { head: '', align: 'left' },
          { head: 'from', align: 'left' },
        ],
        rule.filter((row) => row.stream === stream).map((row) => [row.assumptions, row.batch, fromOf(row)]),
      ),
    )
    .join('\n\n');
}

function fromOf({ thresholdSeconds, streamAgainSeconds }: RuleRow): string {
  if (thresholdSeconds === null) return 'at no window up to a day';
  const until = streamAgainSeconds === null ? ' on' : ` up to ${formatSpan(streamAgainSeconds)}`;
  return `${formatSpan(thresholdSeconds)}${until}`;
}
