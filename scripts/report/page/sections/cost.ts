import { isOpen } from '#model/verdict/summary.ts';
import type { WindowVerdict } from '#model/verdict/verdict.ts';
import type { Report } from '#report/definition/report.ts';
import { caseOrigin, exportHtml, type Heading, partElement } from '#report/page/export-html.ts';
import { type Figure, figures, type Section, setting, words } from '#report/sections/section.ts';
import { formatDollars, NONE } from '#report/words/figures.ts';
import { describeChoice } from '#report/words/setting.ts';
import { formatSpan } from '#text/format-span.ts';
import type { Element } from '../element.ts';
import type { CaseView } from '../own-case/evaluate-case.ts';

export const COST: Heading = { id: 'cost', title: 'Monthly cost over window size' };

export function costSection(report: Report, view: CaseView): Element {
  return partElement(COST, exportHtml(costFigure(view), caseOrigin('cost', view.own, report)));
}

export function costFigure(view: CaseView): Figure {
  const { verdict } = view;
  const worth = verdict.freshnessUsd > 0;
  return {
    chart: 'cost',
    finding: findingOf(view),
    howToRead:
      `Each path is priced as if it were deployed alone, streaming with its best setting at each window${worth ? '; the value of the mean delay is added' : ''}. ` +
      'The band around the batch’s line is the error of the difference between the two. Where it reaches the streaming line, either path may be cheaper. ' +
      'From a vertical line on, the other path is better; the grey field is the range of the first one within the error. A line is missing where its path can’t work at this load.',
    ...costTable(view, worth),
  };
}

function findingOf({ verdict, curve }: CaseView): string {
  const { thresholdSeconds, streamAgainSeconds, earliestSeconds, latestSeconds } = verdict;
  const again =
    streamAgainSeconds === null ? '' : `; streaming is better again from ${formatSpan(streamAgainSeconds)} on`;
  const [first] = curve;
  if (curve.every(({ stream, batch }) => !stream.possible && !batch.possible)) {
    return 'Neither path can work at this load, whatever the window.';
  }
  // Without streaming no lines cross: the threshold is the smallest window at which the batch can work.
  if (curve.every(({ stream }) => !stream.possible)) {
    const until = streamAgainSeconds === null ? '' : ` and up to ${formatSpan(streamAgainSeconds)}`;
    const batch = thresholdSeconds === null ? '' : `; the batch can from ${formatSpan(thresholdSeconds)} on${until}`;
    return `Streaming can’t work at this load, whatever the window${batch}.`;
  }
  if (curve.every(({ batch }) => !batch.possible)) return 'The batch can’t work at this load, whatever the window.';
  if (thresholdSeconds === null) return 'Streaming is better for every window up to a day.';
  if (isOpen(verdict, curve)) return `Either is as good within the error, whatever the window${again}.`;
  if (first !== undefined && thresholdSeconds <= first.windowSeconds) {
    return `The batch is better from the smallest window, ${formatSpan(first.windowSeconds)}, on${again}.`;
  }
  const from = earliestSeconds === null ? null : formatSpan(earliestSeconds);
  const to = latestSeconds === null ? 'beyond a day' : formatSpan(latestSeconds);
  const band = from === null || from === to ? '' : `; within the error, from ${from} to ${to}`;
  return `The lines cross at ${formatSpan(thresholdSeconds)}: below it streaming is better, from there on the batch${band}${again}.`;
}

function costTable({ curve }: CaseView, worth: boolean): Section {
  const withDelay = worth ? [figures('Streaming, delay valued'), figures('Batch, delay valued')] : [];
  return {
    heading: 'USD a month over window size, modelled',
    columns: [
      words('Window'),
      figures('Streaming'),
      setting('at its best setting'),
      figures('Batch'),
      ...withDelay,
      figures('Batch, by the error, from'),
      figures('to'),
      words('Better'),
    ],
    rows: curve.map((window) => [
      formatSpan(window.windowSeconds),
      costOf(window.stream),
      describeChoice(window.stream),
      costOf(window.batch),
      ...(worth ? [objectiveOf(window.stream), objectiveOf(window.batch)] : []),
      ...bandCells(window),
      { text: window.decision, decision: window.decision },
    ]),
  };
}

function costOf({ costUsd, possible }: WindowVerdict['stream']): string {
  return possible ? formatDollars(costUsd) : 'can’t work';
}

function objectiveOf({ objectiveUsd, possible }: WindowVerdict['stream']): string {
  return possible ? formatDollars(objectiveUsd) : NONE;
}

function bandCells(window: WindowVerdict): string[] {
  if (!window.stream.possible || !window.batch.possible) return [NONE, NONE];
  const { lowUsd, highUsd } = batchBandOf(window);
  return [formatDollars(lowUsd), formatDollars(highUsd)];
}

/** Range of the batch's cost beside streaming; the error is that of their difference. */
export function batchBandOf({ stream, lowUsd, highUsd }: WindowVerdict): {
  readonly lowUsd: number;
  readonly highUsd: number;
} {
  return { lowUsd: stream.objectiveUsd + lowUsd, highUsd: stream.objectiveUsd + highUsd };
}
