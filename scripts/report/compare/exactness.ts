import type { PathCorrectness } from '#bench/verify/correctness.ts';
import { formatDuration } from '#text/duration.ts';
import type { Report } from '../definition/report.ts';

/** Whether a report may be compared at all. */
export type Exactness = {
  readonly exact: boolean;
  /** Events that were sent, which both paths counted where it is exact. */
  readonly events: number;
  /** What was not counted exactly: `live run (micro-batch: 3 missing, 0 surplus)`. */
  readonly failed: readonly string[];
};

export function describeExactness(report: Report): Exactness {
  const { correctness, repeats, calibration, drains, batchingWindows, exact } = report;
  const { microBatch, scheduledBatch } = correctness;
  const failed = [
    ...(correctness.exact
      ? []
      : [`live run (${describePath('micro-batch', microBatch)}; ${describePath('scheduled-batch', scheduledBatch)})`]),
    ...repeats.slice(1).flatMap((repeat, i) => (repeat.exact ? [] : [`live run ${i + 2}`])),
    ...(calibration === null || calibration.exact ? [] : ['calibration']),
    ...drains.filter((each) => !each.exact).map(({ windowMs }) => `drain of ${formatDuration(windowMs)}`),
    ...batchingWindows
      .filter((each) => !each.exact)
      .map(({ batchingWindowSeconds }) => `batching window of ${formatDuration(batchingWindowSeconds * 1_000)}`),
  ];
  return { exact, events: correctness.sentEvents, failed };
}

function describePath(name: string, { missing, surplus }: PathCorrectness): string {
  return `${name} ${missing.toLocaleString('en-US')} missing, ${surplus.toLocaleString('en-US')} surplus`;
}
