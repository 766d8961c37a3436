import { formatSpan } from '../text/format-span.ts';
import type { Choice } from './choice.ts';

/** A batch that is full sooner than this share of its batching window is worth a word. */
const CUT_SHORT = 0.75;

/** ` with 1,769 MB`, where the memory deployed won't do; empty where it does. */
export function sayMemory({ memoryRaised, memoryMb }: Pick<Choice, 'memoryRaised' | 'memoryMb'>): string {
  return memoryRaised ? ` with ${memoryMb.toLocaleString('en-US')} MB` : '';
}

/** `none`, `10 seconds`, `1 minute, full after 36 seconds` where size cuts it short. */
export function sayBatchingWindow({
  batchingWindowSeconds,
  fullAfterSeconds,
}: Pick<Choice, 'batchingWindowSeconds' | 'fullAfterSeconds'>): string {
  if (batchingWindowSeconds === null || batchingWindowSeconds === 0) return 'none';
  const said = formatSpan(batchingWindowSeconds);
  if (fullAfterSeconds === null || fullAfterSeconds >= CUT_SHORT * batchingWindowSeconds) return said;
  const seconds = fullAfterSeconds >= 10 ? Math.round(fullAfterSeconds) : fullAfterSeconds;
  return `${said}, full after ${formatSpan(seconds)}`;
}
