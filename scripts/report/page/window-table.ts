import type { Choice } from '#model/verdict/choice.ts';
import type { VerdictReport, WindowReport } from '#report/definition/report.ts';
import { READERS_IN_WORDS } from '#report/words/case.ts';
import { formatSpan } from '#text/format-span.ts';
import { decisionElement } from './decision.ts';
import { describeChoice } from './describe-choice.ts';
import type { Content } from './element.ts';
import { formatDollarDifference, formatDollars, formatSeconds, NONE } from './figures.ts';
import { withNote } from './note.ts';
import { figures, sentences, type Table, words } from './table.ts';

/**
 * Window by window: what to do, why, and the figures that say so.
 *
 * @param drained windows of which a drain was run, s
 */
export function windowTable(
  windows: readonly WindowReport[],
  { freshnessUsd, reader }: Pick<VerdictReport, 'freshnessUsd' | 'reader'>,
  drained: ReadonlySet<number> = new Set(),
): Table {
  const valued = freshnessUsd > 0 ? ', with the mean delay at its value' : '';
  return {
    caption: `USD a month: streaming at its best setting beside the batch${valued}, for readers of ${READERS_IN_WORDS[reader].ofSeveral}. Below the difference: where it may lie within the error. Modelled`,
    columns: [
      words('Window'),
      words('Verdict'),
      figures('Streaming'),
      figures('Batch'),
      figures('Batch − streaming'),
      figures(reader === 'final' ? 'Streaming’s final windows sooner by' : 'Streaming’s counts sooner by'),
      sentences('Reason'),
    ],
    rows: windows.map((window) => windowRow(window, drained.has(window.windowSeconds))),
  };
}

function windowRow(
  { windowSeconds, stream, batch, decision, ...difference }: WindowReport,
  isDrained: boolean,
): Content[] {
  const { differenceUsd, lowUsd, highUsd, reason } = difference;
  const isComparable = stream.possible && batch.possible;
  return [
    isDrained ? withNote(formatSpan(windowSeconds), 'drain run') : formatSpan(windowSeconds),
    decisionElement(decision),
    withNote(costOf(stream), describeChoice(stream), 'setting'),
    isOncePerWindow(batch) ? costOf(batch) : withNote(costOf(batch), describeChoice(batch), 'setting'),
    isComparable
      ? withNote(
          formatDollarDifference(differenceUsd),
          `${formatDollarDifference(lowUsd)} to ${formatDollarDifference(highUsd)}`,
        )
      : NONE,
    isComparable ? formatSeconds(batch.delaySeconds - stream.delaySeconds) : NONE,
    reason,
  ];
}

function isOncePerWindow({ batchIntervalSeconds, windowSeconds }: Choice): boolean {
  return batchIntervalSeconds === null || batchIntervalSeconds === windowSeconds;
}

function costOf({ possible, objectiveUsd }: Choice): string {
  return possible ? formatDollars(objectiveUsd) : 'can’t work';
}
