import { formatSpan } from '#text/format-span.ts';

/** Spans below this read as none. */
const LEAST_SECONDS = 0.05;

/** `3.8 minutes sooner`; `1 minute later` where it is below 0; `at the same time` where the difference reads as 0. */
export function saySooner(soonerSeconds: number): string {
  if (Math.abs(soonerSeconds) < LEAST_SECONDS) return 'at the same time';
  return `${formatSpan(Math.abs(soonerSeconds))} ${soonerSeconds > 0 ? 'sooner' : 'later'}`;
}
