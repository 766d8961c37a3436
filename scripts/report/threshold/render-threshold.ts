import { isOpen } from '#model/verdict/summary.ts';
import { formatSpan, formatSpans } from '#text/format-span.ts';
import type { VerdictReport } from '../definition/report.ts';

/** The threshold with its band, in a line. */
export function renderThreshold(verdict: VerdictReport): string {
  const { thresholdSeconds, streamAgainSeconds } = verdict;
  const again =
    streamAgainSeconds === null ? '' : ` Streaming is better again from ${formatSpan(streamAgainSeconds)} on.`;
  if (isOpen(verdict, verdict.windows)) return `Threshold: none, the error leaves every window judged open.${again}`;
  const found = thresholdSeconds === null ? 'none up to a day' : formatSpan(thresholdSeconds);
  return `Threshold: ${found}${renderBand(verdict)}.${again}`;
}

function renderBand({ thresholdSeconds, earliestSeconds, latestSeconds }: VerdictReport): string {
  if (earliestSeconds === null) return ', nor within the error';
  if (latestSeconds === null) return `; within the error from ${formatSpan(earliestSeconds)} on, or none`;
  if (earliestSeconds === thresholdSeconds && latestSeconds === thresholdSeconds)
    return ', and nowhere else within the error';
  return `; within the error ${formatSpans(earliestSeconds, latestSeconds)}`;
}
